/**
 * Who works where: sites, people, devices with their keys, and the image of an office that knows them all. Made once a
 * process; each run starts from a copy. Keys and tokens are random, but nothing that happens depends on what they are.
 */
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { itemHash } from '#lib/catalogue/hash.ts';
import { createSigningKeys, publicKeyText } from '#lib/client/vault/keys.ts';
import { FIRST_HEAD } from '#lib/protocol/chain.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { DEFAULT_POLICY, type Policy } from '#lib/domain/policy.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import type { Actor, Role } from '#lib/domain/roles.ts';
import { newDeviceToken, tokenHash } from '#lib/server/auth/tokens.ts';
import { sqliteStore, type Store } from '#lib/server/db/store.ts';
import { NOW } from '../support/builders.ts';
import { ALLOWANCE, COUNTY, foundTown, PERMIT, SITES, type SiteName } from '../support/town.ts';
import { Disk } from './disk.ts';

export type Site = (typeof SITES)[SiteName];

export interface Person extends Actor {
  site: SiteName;
}

const PEOPLE: readonly Person[] = [
  { id: 'agent-a1', name: '张样本', site: 'A1', roles: ['agent'] },
  { id: 'second-a1', name: '李样本', site: 'A1', roles: ['agent'] },
  { id: 'agent-a2', name: '陈样本', site: 'A2', roles: ['agent'] },
  { id: 'second-a2', name: '吴样本', site: 'A2', roles: ['agent'] },
  { id: 'agent-b1', name: '刘样本', site: 'B1', roles: ['agent'] },
  { id: 'second-b1', name: '郑样本', site: 'B1', roles: ['agent'] },
  { id: 'clerk-a', name: '赵示范', site: 'A', roles: ['clerk'] },
  { id: 'second-clerk-a', name: '周示范', site: 'A', roles: ['clerk'] },
  { id: 'reviewer-a', name: '钱示范', site: 'A', roles: ['reviewer'] },
  { id: 'head-a', name: '冯示范', site: 'A', roles: ['head'] },
  { id: 'clerk-b', name: '孙示范', site: 'B', roles: ['clerk'] },
  { id: 'reviewer-b', name: '卫示范', site: 'B', roles: ['reviewer'] },
  { id: 'head-b', name: '蒋示范', site: 'B', roles: ['head'] },
];

/** Where the first, second, third … device stands, and who uses it. */
const DESKS: readonly { site: SiteName; people: readonly string[] }[] = [
  { site: 'A1', people: ['agent-a1', 'second-a1'] },
  { site: 'A', people: ['clerk-a', 'reviewer-a', 'head-a'] },
  { site: 'A2', people: ['agent-a2', 'second-a2'] },
  { site: 'A', people: ['second-clerk-a', 'clerk-a', 'head-a'] },
  { site: 'B', people: ['clerk-b', 'reviewer-b', 'head-b'] },
  { site: 'B1', people: ['agent-b1', 'second-b1'] },
  { site: 'A1', people: ['second-a1', 'agent-a1'] },
];

export interface Desk {
  /** `A1.2`: the second device of that site. */
  name: string;
  id: string;
  number: string;
  site: Site;
  people: readonly Person[];
  keys: CryptoKeyPair;
  staffKeys: ReadonlyMap<string, CryptoKeyPair>;
  /** Of a session that is open as the run begins. */
  cookie: string;
}

export interface Plan {
  image: Uint8Array;
  desks: readonly Desk[];
  people: ReadonlyMap<string, Person>;
  items: ReadonlyMap<string, Item>;
  refs: readonly ItemRef[];
  policy: Policy;
}

const later = new Date(Date.parse(NOW) + LIMITS.session * 3_600_000).toISOString();

async function makeDesk(at: number): Promise<Desk> {
  const { site, people } = DESKS[at % DESKS.length]!;
  const before = Array.from({ length: at }, (_, i) => DESKS[i % DESKS.length]!);
  const nth = before.filter((desk) => desk.site === site).length + 1;
  const keys = await createSigningKeys();
  const staffKeys = new Map<string, CryptoKeyPair>();
  for (const id of people) staffKeys.set(id, await createSigningKeys());
  return {
    name: `${site}.${nth}`,
    id: `d-${site.toLowerCase()}-${nth}`,
    number: String(nth).padStart(3, '0'),
    site: SITES[site],
    people: people.map((id) => PEOPLE.find((person) => person.id === id)!),
    keys,
    staffKeys,
    cookie: newDeviceToken(),
  };
}

const roles = (list: readonly Role[]): string => JSON.stringify(list);

/** One thing at a time on the one connection, also where a seeded bug commits late. */
const unhurried = (disk: Disk, store: Store): Store => ({
  ...store,
  async write(work, turn) {
    const value = await store.write(work, turn);
    while (disk.raw.isTransaction) await new Promise((resolve) => setTimeout(resolve, 1));
    return value;
  },
});

/** Small enough that a few applications fill several pages, and a few commands several batches. */
const SMALL = { page: 6 * 1024, firstBatch: 6 * 1024 };

export async function makePlan(devices: number): Promise<Plan> {
  Object.assign(LIMITS, SMALL);
  const disk = new Disk();
  const store = unhurried(disk, await sqliteStore(() => disk.sqlite));
  await foundTown(store);
  const desks: Desk[] = [];
  for (let at = 0; at < devices; at++) desks.push(await makeDesk(at));
  const [first] = await store.read((trx) => trx.selectFrom('staff').selectAll().limit(1).execute());
  const known = await store.read((trx) => trx.selectFrom('staff').select('id').execute());
  await store.write(async (trx) => {
    for (const { id, name, site, roles: held } of PEOPLE) {
      if (known.some((one) => one.id === id)) continue;
      const { id: place, path } = SITES[site];
      const row = { ...first!, id, name, site: place, path, county: COUNTY, roles: roles(held) };
      await trx.insertInto('staff').values(row).execute();
    }
    for (const { id, number, site, keys, staffKeys, cookie, name } of desks) {
      const public_key = await publicKeyText(keys);
      const place = { id, site: site.id, number, name, public_key };
      await trx
        .insertInto('device')
        .values({ ...place, chain_head: FIRST_HEAD, enrolled_at: NOW })
        .execute();
      for (const [staff, pair] of staffKeys) {
        const key = { device: id, staff, public_key: await publicKeyText(pair), registered_at: NOW };
        await trx.insertInto('staff_key').values(key).execute();
      }
      const session = {
        token_hash: tokenHash(cookie),
        device: id,
        access: 'full',
        expires_at: later,
      } as const;
      await trx.insertInto('session').values(session).execute();
    }
  });
  const items = new Map<string, Item>();
  for (const item of [ALLOWANCE, PERMIT]) items.set(await itemHash(item), item);
  const image = disk.backup();
  disk.close();
  return {
    image,
    desks,
    people: new Map(PEOPLE.map((person) => [person.id, person])),
    items,
    refs: [...items].map(([hash, { code }]) => ({ code, hash })),
    policy: { ...DEFAULT_POLICY, ...DEFAULT_COUNTY_POLICY },
  };
}
