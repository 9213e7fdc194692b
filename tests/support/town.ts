/**
 * A small county for tests of the office: two townships, three villages, their people, three items in a first release,
 * a clock that stands still until it is set. Everybody's passphrase is `PASSPHRASE`.
 */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { v7 } from 'uuid';
import { itemHash } from '#lib/catalogue/hash.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Bodies } from '#lib/domain/commands.ts';
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import type { Item, ItemRef, Level } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import { handleChallenge, handleSession } from '#lib/server/auth/sessions.ts';
import { handleEnrol, makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { deriveProof, hashProof, newKdf } from '#lib/server/auth/passphrase.ts';
import { handleSignIn, handleStaff } from '#lib/server/auth/sign-in.ts';
import { publishRelease } from '#lib/server/catalogue/publish.ts';
import { handleStanding } from '#lib/server/catalogue/handle-standing.ts';
import { createCountyKeys } from '#lib/server/catalogue/release-keys.ts';
import type { Store } from '#lib/server/db/store.ts';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { handleFullLedger, handleLedger } from '#lib/server/ledger/handle-ledger.ts';
import { createLog } from '#lib/server/log.ts';
import { handleLookup } from '#lib/server/lookup/handle-lookup.ts';
import { assembleOffice, type Office } from '#lib/server/office.ts';
import { handlePoll, handleSync } from '#lib/server/sync/handle-sync.ts';
import { handleWake } from '#lib/server/wake/handle-wake.ts';
import { calendar, item, NOW, receiveBody } from './builders.ts';
import { photoDoors } from './photo-doors.ts';
import { WireClient, type Making, type Reach } from './wire-client.ts';

export const PASSPHRASE = '示例口令 一二三四五';
export const COUNTY = 'S410526000000';
const CITY = 'S410500000000';

const place = (id: string, level: 'township' | 'village', parent: string, name: string) => ({
  id,
  code: id.slice(1),
  name,
  full_name: name,
  level,
  county: COUNTY,
  township: level === 'township' ? id : parent,
  path: level === 'township' ? `${CITY}/${COUNTY}/${id}/` : `${CITY}/${COUNTY}/${parent}/${id}/`,
  parent,
  phone: level === 'township' ? '0372-0000000' : null,
  supervision_phone: null,
});

/** Township A with villages A1 and A2; township B with village B1. */
export const SITES = {
  A: place('S410526102000', 'township', COUNTY, '示例镇'),
  A1: place('S410526102201', 'village', 'S410526102000', '示例村'),
  A2: place('S410526102202', 'village', 'S410526102000', '样本村'),
  B: place('S410526103000', 'township', COUNTY, '另一镇'),
  B1: place('S410526103201', 'village', 'S410526103000', '另一村'),
};
export type SiteName = keyof typeof SITES;

const PEOPLE: { id: string; site: SiteName; roles: Role[]; name: string }[] = [
  { id: 'agent-a1', site: 'A1', roles: ['agent'], name: '张样本' },
  { id: 'second-a1', site: 'A1', roles: ['agent'], name: '李样本' },
  { id: 'agent-a2', site: 'A2', roles: ['agent'], name: '陈样本' },
  { id: 'agent-b1', site: 'B1', roles: ['agent'], name: '刘样本' },
  { id: 'clerk-a', site: 'A', roles: ['clerk'], name: '赵示范' },
  { id: 'reviewer-a', site: 'A', roles: ['reviewer'], name: '钱示范' },
  { id: 'clerk-b', site: 'B', roles: ['clerk'], name: '孙示范' },
];

/** The benefit of builders.ts; a permit, which silence accepts; both are handled in villages too. */
export const ALLOWANCE = item();
export const PERMIT = item({
  code: '410511005001',
  taskCode: '11410526MB0000000X6410511005001',
  name: '示例许可',
  type: '行政许可',
});

export interface Town {
  office: Office;
  store: Store;
  /** What the office has logged. */
  logged: string[];
  reach: Reach;
  setClock(now: Instant): void;
  /** Publishes the next release at each level. */
  publish(items: readonly Item[]): Promise<void>;
  refOf(item: Item): Promise<ItemRef>;
  /** A device at a site, enrolled and with a session; these people are signed in. */
  device(site: SiteName, ...people: string[]): Promise<WireClient>;
}

let secrets: Promise<{ kdf: string; proof_hash: string }> | undefined;
/** One passphrase for all, derived once: Argon2id is slow on purpose. */
function sharedSecret(): Promise<{ kdf: string; proof_hash: string }> {
  secrets ??= (async () => {
    const kdf = newKdf();
    return { kdf: JSON.stringify(kdf), proof_hash: await hashProof(await deriveProof(PASSPHRASE, kdf)) };
  })();
  return secrets;
}

/** The doors by their paths, without HTTP. */
export const doors =
  (office: Office, ip = '127.0.0.1'): Reach =>
  async (request) => {
    const call = { office, request, ip };
    switch (new URL(request.url).pathname) {
      case '/api/sync':
        return request.method === 'GET' ? handlePoll(call) : handleSync(call);
      case '/api/auth/enrol':
        return handleEnrol(call);
      case '/api/auth/challenge':
        return handleChallenge(call);
      case '/api/auth/session':
        return handleSession(call);
      case '/api/auth/staff':
        return handleStaff(call);
      case '/api/auth/sign-in':
        return handleSignIn(call);
      case '/api/ledger':
        return request.method === 'GET' ? handleLedger(call) : handleFullLedger(call);
      case '/api/lookup':
        return handleLookup(call);
      case '/api/catalogue/standing':
        return handleStanding(call);
      case '/api/wake':
        return handleWake(call);
      default:
        return photoDoors(call);
    }
  };

export async function foundTown(store: Store): Promise<Town> {
  let now: Instant = NOW;
  const logged: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      logged.push(chunk.toString());
      done();
    },
  });
  // made when a photo comes; whoever sends one removes it
  const files = new OfficeFiles(join(tmpdir(), `jinban-files-${randomUUID()}`));
  const office = assembleOffice(store, { now: () => now }, createLog(sink), files);
  const secret = await sharedSecret();
  const keys = await createCountyKeys(COUNTY, NOW);
  await store.write(async (trx) => {
    const county = { id: COUNTY, code: '410526000000', name: '滑县' };
    await trx
      .insertInto('site')
      .values([
        { ...county, full_name: county.name, level: 'county', county: COUNTY, path: `${CITY}/${COUNTY}/` },
        ...Object.values(SITES),
      ])
      .execute();
    await trx
      .insertInto('county')
      .values({ ...county, policy: JSON.stringify(DEFAULT_COUNTY_POLICY) })
      .execute();
    await trx
      .insertInto('calendar')
      .values({ id: 'cn', data: JSON.stringify(calendar) })
      .execute();
    await trx.insertInto('release_key').values(keys).execute();
    const people = PEOPLE.map(({ id, site, roles, name }) => ({
      id,
      name,
      site: SITES[site].id,
      path: SITES[site].path,
      county: COUNTY,
      roles: JSON.stringify(roles),
      created_at: NOW,
      ...secret,
    }));
    await trx.insertInto('staff').values(people).execute();
  });
  const reach = doors(office);
  const town: Town = {
    office,
    store,
    logged,
    reach,
    setClock: (at) => {
      now = at;
    },
    async publish(items) {
      const levels: Level[] = ['township', 'village'];
      for (const level of levels) {
        await publishRelease(store, { county: COUNTY, level, items, by: 'releaser', now });
      }
    },
    refOf: async (one) => ({ code: one.code, hash: await itemHash(one) }),
    async device(site, ...people) {
      const { code } = await makeEnrolCode(store, { site: SITES[site].id, by: 'admin', now });
      const client = new WireClient(town.reach);
      await client.enrol(code);
      await client.openSession();
      for (const staff of people) {
        // the door itself is tested in sign-in.db.test.ts; a proof takes 50 ms
        const { publicKey } = await client.keysOf(staff);
        const row = { device: client.device, staff, public_key: publicKey, registered_at: now };
        await store.write((trx) => trx.insertInto('staff_key').values(row).execute());
      }
      return client;
    },
  };
  await town.publish([ALLOWANCE, PERMIT]);
  return town;
}

let serial = 0;

/** An agent receives an application on this device: a valid form with a receipt number of its own. */
export async function receive(
  town: Town,
  client: WireClient,
  actor: string,
  { item: version = ALLOWANCE, ...change }: Partial<Bodies['receive']> & { item?: Item } = {},
  making: Making = {},
): Promise<WireCommand> {
  const { site, number: device } = client.enrolled;
  const receivedOn = change.receivedOn ?? chineseDay(town.office.clock.now());
  serial = (serial % 9999) + 1;
  const body = receiveBody({
    site: site.id,
    receivedOn,
    receiptNumber: buildReceiptNumber({ site: site.code, day: receivedOn, device, serial }),
    queryToken: v7().replaceAll('-', '').slice(-22),
    ...change,
  });
  return client.press(actor, 'receive', body, { item: await town.refOf(version), ...making });
}
