/**
 * The town with the whole Anyang list published at every level, a subdistrict with a community, and all who settle an
 * application at a township: clerk, reviewer, head. For tests that take items from receiving to delivery.
 */
import { itemHash } from '#lib/catalogue/hash.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Item, ItemRef, Level } from '#lib/domain/item.ts';
import type { Role } from '#lib/domain/roles.ts';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { newestNumber } from '#lib/server/catalogue/current-release.ts';
import { prepareRelease, storeReleases } from '#lib/server/catalogue/publish.ts';
import { listOf } from '#lib/catalogue/publish/build.ts';
import { signingKey } from '#lib/server/catalogue/release-keys.ts';
import type { Store } from '#lib/server/db/store.ts';
import { readItems } from '#lib/server/seed/read-data.ts';
import { itemsOfCounty } from '#lib/server/seed/task-codes.ts';
import { calendar, NOW } from './builders.ts';
import { COUNTY, foundTown, SITES, type Town } from './town.ts';
import { WireClient } from './wire-client.ts';

export const LEVELS: readonly Level[] = ['township', 'subdistrict', 'village'];

/** The 298 items, each once, with the codes of the county. */
export const wholeList = (): Item[] => [
  ...new Map(
    LEVELS.flatMap((level) => itemsOfCounty(readItems(), COUNTY.slice(1), level)).map((item) => [
      item.code,
      item,
    ]),
  ).values(),
];

const CITY_PATH = SITES.A.path.split('/').slice(0, 2).join('/');
const SUBDISTRICT = {
  ...SITES.A,
  id: 'S410526001000',
  code: '410526001000',
  name: '示例街道',
  full_name: '示例街道',
  level: 'subdistrict' as const,
  township: 'S410526001000',
  path: `${CITY_PATH}/S410526001000/`,
};

/** Where each level's applications are taken, by whom, and who settles them. */
export const COUNTERS: Readonly<
  Record<Level, { site: { id: string; path: string }; people: [string, Role][] }>
> = {
  village: { site: SITES.A1, people: [['agent-a1', 'agent']] },
  township: {
    site: SITES.A,
    people: [
      ['clerk-a', 'clerk'],
      ['reviewer-a', 'reviewer'],
      ['head-a', 'head'],
    ],
  },
  subdistrict: {
    site: SUBDISTRICT,
    people: [
      ['clerk-c', 'clerk'],
      ['reviewer-c', 'reviewer'],
      ['head-c', 'head'],
    ],
  },
};

/** By their work: 'clerk-a' of a township. */
export const personAt = (level: Level, role: Role): string =>
  COUNTERS[level].people.find(([, has]) => has === role)![0];

export interface WholeCatalogue {
  town: Town;
  items: Item[];
  refs: Map<string, ItemRef>;
  deviceAt(level: Level): Promise<WireClient>;
}

export async function foundWholeCatalogue(store: Store): Promise<WholeCatalogue> {
  const town = await foundTown(store);
  const items = wholeList();
  await addPeople(store);
  await publish(store, items);
  const refs = await Promise.all(
    items.map(async (item): Promise<[string, ItemRef]> => [
      item.code,
      { code: item.code, hash: await itemHash(item) },
    ]),
  );
  return {
    town,
    items,
    refs: new Map(refs),
    async deviceAt(level) {
      const { site, people } = COUNTERS[level];
      const { code } = await makeEnrolCode(store, { site: site.id, by: 'admin', now: NOW });
      const client = new WireClient(town.reach);
      await client.enrol(code);
      await client.openSession();
      for (const [staff] of people) {
        const { publicKey } = await client.keysOf(staff);
        const row = { device: client.device, staff, public_key: publicKey, registered_at: NOW };
        await store.write((trx) => trx.insertInto('staff_key').values(row).execute());
      }
      return client;
    },
  };
}

async function addPeople(store: Store): Promise<void> {
  await store.write(async (trx) => {
    const known = await trx.selectFrom('staff').selectAll().execute();
    const { kdf, proof_hash } = known[0]!;
    await trx.insertInto('site').values(SUBDISTRICT).execute();
    const rows = LEVELS.flatMap((level) => {
      const { site, people } = COUNTERS[level];
      return people.map(([id, role]) => ({ id, role, site }));
    }).filter(({ id }) => !known.some((person) => person.id === id));
    await trx
      .insertInto('staff')
      .values(
        rows.map(({ id, role, site }) => ({
          id,
          name: '孙样例',
          site: site.id,
          path: site.path,
          county: COUNTY,
          roles: JSON.stringify([role]),
          created_at: NOW,
          kdf,
          proof_hash,
        })),
      )
      .execute();
  });
}

/** Not packed: brotli takes seconds, and nobody downloads it here. */
async function publish(store: Store, items: readonly Item[]): Promise<void> {
  for (const level of LEVELS) {
    const ground = await store.read(async (trx) => ({
      previous: await newestNumber(trx, COUNTY, level),
      key: (await signingKey(trx, COUNTY))!,
    }));
    const prepared = await prepareRelease(
      { county: COUNTY, level, items, by: 'releaser', now: NOW },
      { ...ground, calendar, policy: DEFAULT_COUNTY_POLICY },
      { list: listOf, pack: (raw) => Promise.resolve(raw) },
    );
    await store.write((trx) => storeReleases(trx, [prepared]));
  }
}
