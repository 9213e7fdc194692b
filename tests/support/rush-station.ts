/**
 * One station of the rush hour: a device with its session, whoever works there with a key, and what they made while the
 * network was down, chained, signed and packed as a device does it.
 */
import { gzipSync } from 'node:zlib';
import type { Insertable } from 'kysely';
import { v7 } from 'uuid';
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import { receiveBodyOf } from '#lib/domain/draft.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { FIRST_HEAD, nextHead, runMessage } from '#lib/protocol/chain.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import { pack } from '#lib/protocol/pack.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { newDeviceToken, newToken, tokenHash } from '#lib/server/auth/tokens.ts';
import type { DeviceTable, SessionTable, StaffKeyTable, StaffTable } from '#lib/server/db/schema.ts';
import { chance } from '#lib/server/seed/chance.ts';
import { penned } from './pen.ts';
import { sampleDraft } from './sample-draft.ts';
import { newKeys, type Keys } from './wire-client.ts';

export interface RushSite {
  id: string;
  code: string;
  county: string;
  township: string;
  path: string;
  itemLevel: Level;
}

export interface RushStation {
  site: RushSite;
  device: Insertable<DeviceTable>;
  staff: Insertable<StaffTable>;
  key: Insertable<StaffKeyTable>;
  session: Insertable<SessionTable>;
  cookie: string;
  keys: Keys;
}

/** What a device knows of its feed when the network goes. */
export type Position = Pick<SyncRequest, 'lineage' | 'cursor' | 'mark'>;

export interface Packed {
  cookie: string;
  /** As devices send it (protocol/pack.ts). */
  pack: Buffer;
  /** The same as gzipped JSON. */
  gzip: Buffer;
  /** Ids of its applications. */
  applications: string[];
  /** Bytes of JSON. */
  size: number;
}

/** Its last contact was the evening before. `number`: three digits; a site has several devices. */
export async function rushStation(
  site: RushSite,
  number: string,
  { yesterday, tomorrow }: { yesterday: Instant; tomorrow: Instant },
): Promise<RushStation> {
  const [keys, deviceKeys, token] = [await newKeys(), await newKeys(), newDeviceToken()];
  const device = `D${site.code}-${number}`;
  const staff = `R${site.code}-${number}`;
  const roles = site.itemLevel === 'village' ? ['agent'] : ['clerk'];
  return {
    site,
    keys,
    cookie: `jinban-device=${token}`,
    session: { token_hash: tokenHash(token), device, access: 'full', expires_at: tomorrow },
    key: { device, staff, public_key: keys.publicKey, registered_at: yesterday },
    staff: {
      id: staff,
      site: site.id,
      path: site.path,
      county: site.county,
      name: '赵示范',
      roles: JSON.stringify(roles),
      created_at: yesterday,
    },
    device: {
      id: device,
      site: site.id,
      number,
      public_key: deviceKeys.publicKey,
      name: '窗口电脑',
      enrolled_at: yesterday,
      last_contact: yesterday,
      drained_at: yesterday,
      release: `${site.county}/${site.itemLevel}/1`,
      scope: site.path,
      chain_head: FIRST_HEAD,
    },
  };
}

/** A whole application, as somebody fills it in at the counter. `seed` makes it. */
function received(
  { site, device, staff }: RushStation,
  items: readonly { item: Item; hash: string }[],
  { n, at, seed }: { n: number; at: Instant; seed: number },
): WireCommand {
  const luck = chance(seed);
  const { item, hash } = luck.pick(items);
  const [today, id] = [chineseDay(at), v7({ msecs: Date.parse(at) })];
  const ref = { code: item.code, hash };
  const { draft } = sampleDraft({ id, item, ref, seed, now: at, today });
  const body = receiveBodyOf(draft, item, {
    receiptNumber: buildReceiptNumber({ site: site.code, day: today, device: device.number, serial: n }),
    queryToken: newToken().slice(0, 22),
    site: site.id,
    receivedOn: today,
    signature: penned(draft.signature!, luck),
  });
  return {
    v: 1,
    id: v7({ msecs: Date.parse(at) }),
    device: device.id,
    n,
    actor: staff.id,
    applicationId: id,
    after: null,
    baseRev: 0,
    item: ref,
    kind: 'receive',
    body,
    at,
  };
}

/** The request that a device sends when the network is back. */
export async function rushRequest(
  station: RushStation,
  items: readonly { item: Item; hash: string }[],
  position: Position,
  { count, since, seed }: { count: number; since: Instant; seed: number },
): Promise<Packed> {
  const { device, staff, site, keys } = station;
  const commands: WireCommand[] = [];
  let head = FIRST_HEAD;
  for (let n = 1; n <= count; n++) {
    const at = new Date(Date.parse(since) + n * 61_000).toISOString();
    const command = received(station, items, { n, at, seed: seed + n });
    head = await nextHead(head, command);
    commands.push(command);
  }
  const sig = await keys.sign(runMessage(device.id, staff.id, count, head));
  const request: SyncRequest = {
    protocol: 1,
    ...position,
    release: `${site.county}/${site.itemLevel}/1`,
    keeps: 1,
    commands,
    runs: [{ actor: staff.id, from: 1, to: count, head, sig }],
  };
  const text = JSON.stringify(request);
  return {
    cookie: station.cookie,
    pack: Buffer.from(await pack(request, new Map(items.map(({ hash, item }) => [hash, item])))),
    gzip: gzipSync(text),
    applications: commands.map(({ applicationId }) => applicationId),
    size: Buffer.byteLength(text),
  };
}
