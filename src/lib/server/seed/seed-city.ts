/**
 * The demo city (演示城市): ten counties with all their sites and releases, and its people: of two townships in a quiet city,
 * of a whole county in a living one, whose year of work follows (year/live-year.ts). Prepared without the database, then
 * written in one transaction: an interrupted seed leaves an empty database, not half a city.
 */
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import type { Instant } from '#lib/domain/day.ts';
import { createCountyKeys } from '../catalogue/release-keys.ts';
import { lockOffice, type Trx } from '../db/dialect.ts';
import type { ReleaseKeyTable } from '../db/schema.ts';
import type { Store } from '../db/store.ts';
import { citySites, type SiteRow } from './city-sites.ts';
import { firstReleases } from './county-releases.ts';
import { DEMO_COUNTY, demoPeople } from './demo-people.ts';
import { layFoundation } from './lay-foundation.ts';
import { readDemoCalendar, readItems, readSitesCsv } from './read-data.ts';
import { seededVersion } from './seeded-version.ts';
import { demoStaffRows, staffRow, type StaffRow } from './staff-row.ts';
import { sheetsOfCounty } from './task-codes.ts';

/** Raise it with every change of what is seeded: an older demo database is then refused, and journeys build anew. */
export const SEED_VERSION = '3';
/** Of everybody in the demo city; `npm run demo` prints it. Never used outside the seed. */
export const DEMO_PASSPHRASE = 'anyang-demo-2026';

/** `other`: something else is in this database, which stays as it is. */
export type SeedOutcome = { is: 'seeded' | 'already' } | { is: 'other'; found: string | null };

export interface CityWanted {
  now: Instant;
  /** 12-digit codes; all ten unless a test wants fewer. */
  counties?: readonly string[];
  /** With people everywhere in the demo county, for the year that it is to live. */
  living?: boolean;
}

/** Seeds an empty database. */
export async function seedCity(
  store: Store,
  { now, counties, living = false }: CityWanted,
): Promise<SeedOutcome> {
  const before = await store.read(whatIsThere);
  if (before !== null) return before;

  const all = citySites(readSitesCsv());
  const chosen = all
    .filter((site) => site.level === 'county' && (counties?.includes(site.code) ?? true))
    // the county people look at is packed as small as a published release
    .sort((a, b) => Number(b.code === DEMO_COUNTY) - Number(a.code === DEMO_COUNTY));
  const ids = new Set(chosen.map((site) => site.id));
  const sites = all.filter((site) => site.level === 'city' || ids.has(site.county ?? ''));
  const ground = { calendar: readDemoCalendar(), policy: DEFAULT_COUNTY_POLICY };
  const keys = (await Promise.all(chosen.map((county) => createCountyKeys(county.id, now)))).flat();
  const [staff, releases] = await Promise.all([
    staffOf(sites, living, now),
    firstReleases({
      counties: chosen.map((county) => ({ ...county, key: activeKey(keys, county), by: 'office' })),
      items: readItems(),
      now,
      ...ground,
    }),
  ]);
  const items = readItems();
  const lists = chosen.map(({ id, code }) => ({ county: id, sheets: sheetsOfCounty(items, code) }));
  const detail = { version: SEED_VERSION, living: living ? 1 : 0 };
  const line = { who: 'office', what: 'seeded', detail } as const;
  return store.write(async (trx): Promise<SeedOutcome> => {
    // two may have prepared it at once: the second finds the first one's
    await lockOffice(trx, 'foundation');
    const meanwhile = await whatIsThere(trx);
    if (meanwhile !== null) return meanwhile;
    await layFoundation(trx, now, { ...ground, sites, keys, staff, releases, lists, line });
    return { is: 'seeded' };
  });
}

async function staffOf(sites: readonly SiteRow[], living: boolean, now: Instant): Promise<StaffRow[]> {
  const people = demoPeople(sites, { everywhere: living });
  // the ones that people sign in as are as they would be for real
  const quiet = new Set(demoPeople(sites).map(({ id }) => id));
  const [own, others] = await Promise.all([
    Promise.all(
      people.filter(({ id }) => quiet.has(id)).map((person) => staffRow(person, DEMO_PASSPHRASE, now)),
    ),
    demoStaffRows(
      people.filter(({ id }) => !quiet.has(id)),
      DEMO_PASSPHRASE,
      now,
    ),
  ]);
  return [...own, ...others];
}

/** null where nothing is there yet. */
async function whatIsThere(trx: Trx): Promise<SeedOutcome | null> {
  const found = await seededVersion(trx);
  if (found === SEED_VERSION) return { is: 'already' };
  return found === null && (await isEmpty(trx)) ? null : { is: 'other', found };
}

/** A living city whose year is still to come: it was made just now, or interrupted before. */
export async function awaitsYear(trx: Trx): Promise<boolean> {
  const rows = await trx.selectFrom('audit').select('detail').where('what', '=', 'seeded').execute();
  const seeded = rows.map(({ detail }) => JSON.parse(detail) as Record<string, unknown>);
  return seeded.some(({ living }) => living === 1) && !seeded.some(({ part }) => part === 'year');
}

async function isEmpty(trx: Trx): Promise<boolean> {
  const site = await trx.selectFrom('site').select('id').limit(1).executeTakeFirst();
  return site === undefined;
}

function activeKey(keys: readonly ReleaseKeyTable[], county: SiteRow) {
  const { id, private_jwk } = keys.find((key) => key.county === county.id && key.standing === 'active')!;
  return { id, privateKey: JSON.parse(private_jwk!) as JsonWebKey };
}
