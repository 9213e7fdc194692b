/**
 * Which release a site works with. Its address is what a device reports and what the answer to a sync names:
 * `county/level/number`. Two questions: what is in force in the county (现行), which is the newest that reaches all of it;
 * and what is offered to one device, which may be in an earlier ring. Invariants: nobody is offered an older release
 * than the device has; a release that is held, or taken back, is offered to nobody who has not got it.
 */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { sql, type RawBuilder } from 'kysely';
import { unpackItems, type Manifest, type PartName } from '#lib/catalogue/release.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { itemLevelOf, type SiteLevel } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';
import { prepared } from '../db/prepared.ts';

export interface ReleasePlace {
  /** Permanent id of the county's site. */
  county: string;
  level: Level;
  number: number;
}

export const releaseAddress = ({ county, level, number }: ReleasePlace): string =>
  `${county}/${level}/${number}`;

/** Whether a row of `release` reached all of its county, and still may go to whoever has not got it. */
export const reachesAll = (): RawBuilder<boolean> => sql<boolean>`(release.plan is null or exists (
  select 1 from release_plan as plan where plan.id = release.plan
  and plan.stage = 'all' and plan.held_at is null and plan.undone_by is null))`;

/** Number of a release's address, as devices report it, if it is one of that county and level; else null. */
export function addressNumber(address: string | null, county: string, level: Level | null): number | null {
  const [itsCounty, itsLevel, number = ''] = (address ?? '').split('/');
  return itsCounty === county && itsLevel === level && /^\d{1,9}$/.test(number) ? Number(number) : null;
}

/** Numbers of a county's releases that were taken back (退回): whoever has one waits for what took its place. */
export async function numbersTakenBack(trx: Trx, county: string): Promise<ReadonlySet<number>> {
  const rows = await trx
    .selectFrom('release_plan')
    .select('number')
    .where('county', '=', county)
    .where('undone_by', 'is not', null)
    .execute();
  return new Set(rows.flatMap(({ number }) => number ?? []));
}

const newest = prepared((trx, county: string, level: string) =>
  trx
    .selectFrom('release')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('county', '=', county)
    .where('level', '=', level as Level),
);

/** Number of the newest release, whomever it reaches; 0 before the first. */
export async function newestNumber(trx: Trx, county: string, level: Level): Promise<number> {
  const [row] = await newest(trx, county, level);
  return row?.number ?? 0;
}

const inForce = prepared((trx, county: string, level: string) =>
  trx
    .selectFrom('release')
    .select('number')
    .where('county', '=', county)
    .where('level', '=', level as Level)
    .where(reachesAll())
    .orderBy('number', 'desc')
    .limit(1),
);

/** Number of the release in force; 0 before the first. */
export async function numberInForce(trx: Trx, county: string, level: Level): Promise<number> {
  const [row] = await inForce(trx, county, level);
  return row?.number ?? 0;
}

/** A plan's ring: the site by itself, or its township or county with all that lies in it. */
const isReached = (
  site: string,
  township: string,
  county: string,
): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from release_reach as reach where reach.plan = release_plan.id and (
  (reach.kind = 'site' and reach.scope = ${site})
  or (reach.kind = 'under' and reach.scope in (${township}, ${county}))))`;

const offered = prepared(
  (trx, county: string, level: string, site: string, township: string, under: string, held: number) =>
    trx
      .selectFrom('release')
      .leftJoin('release_plan', 'release_plan.id', 'release.plan')
      .select('release.number')
      .where('release.county', '=', county)
      .where('release.level', '=', level as Level)
      .where(({ eb, or, and }) =>
        or([
          // what it has it keeps: an older one would be no way back
          eb('release.number', '=', held),
          eb('release.plan', 'is', null),
          and([
            eb('release_plan.held_at', 'is', null),
            eb('release_plan.undone_by', 'is', null),
            // what takes a release back reaches whoever has that one, wherever it got it
            or([eb('release_plan.undone_number', '=', held), isReached(site, township, under)]),
          ]),
        ]),
      )
      .orderBy('release.number', 'desc')
      .limit(1),
);

/** Where a device stands, as the reach of a release is asked. */
export interface ReleaseSite {
  id: string;
  county: string;
  township: string;
  level: SiteLevel;
}

/**
 * The release that a device at a site is offered, which has the release of number `held` (null: none); null where nothing
 * is handled (city, county) or nothing has reached it yet.
 */
export async function releaseForSite(
  trx: Trx,
  { id, county, township, level: siteLevel }: ReleaseSite,
  held: number | null,
): Promise<ReleasePlace | null> {
  const level = itemLevelOf(siteLevel);
  if (level === null) return null;
  const [row] = await offered(trx, county, level, id, township, county, held ?? 0);
  return row ? { county, level, number: row.number } : null;
}

const unpack = promisify(brotliDecompress);

/** A part of a release, packed as it is stored; null when there is no such release. */
export async function storedPart(
  trx: Trx,
  { county, level, number }: ReleasePlace,
  name: PartName,
): Promise<Uint8Array | null> {
  const release = await trx
    .selectFrom('release')
    .select('manifest')
    .where('county', '=', county)
    .where('level', '=', level)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!release) return null;
  const { parts } = JSON.parse(new TextDecoder().decode(release.manifest)) as Manifest;
  const { packed } = await trx
    .selectFrom('release_part')
    .select('packed')
    .where('sha256', '=', parts[name].sha256)
    .executeTakeFirstOrThrow();
  return packed;
}

/** The items of one release, as it listed them; none when there is no such release. */
export async function releasedItems(trx: Trx, place: ReleasePlace): Promise<Item[]> {
  const packed = await storedPart(trx, place, 'items');
  return packed ? unpackItems(await unpack(packed)) : [];
}

/** What a county offers at a level now, in the order of its codes. */
export async function itemsInForce(trx: Trx, county: string, level: Level): Promise<Item[]> {
  const number = await numberInForce(trx, county, level);
  const items = await releasedItems(trx, { county, level, number });
  return items.sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Codes of the items of a release, without unpacking it. */
export async function releasedCodes(trx: Trx, { county, level, number }: ReleasePlace): Promise<string[]> {
  const rows = await trx
    .selectFrom('item_release')
    .select('code')
    .where('county', '=', county)
    .where('level', '=', level)
    .where('first_release', '<=', number)
    .where('last_release', '>=', number)
    .orderBy('code')
    .execute();
  return rows.map(({ code }) => code);
}
