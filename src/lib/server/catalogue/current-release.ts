/**
 * Which release a site works with: the newest of its county for its level. Its address is what a device reports and
 * what the answer to a sync names: `county/level/number`.
 */
import type { Item, Level } from '#lib/domain/item.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
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

const newest = prepared((trx, county: string, level: string) =>
  trx
    .selectFrom('release')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('county', '=', county)
    .where('level', '=', level as Level),
);

/** Number of the newest release; 0 before the first. */
export async function newestNumber(trx: Trx, county: string, level: Level): Promise<number> {
  const [row] = await newest(trx, county, level);
  return row?.number ?? 0;
}

/** The release for a site; null where nothing is handled (city, county) or nothing was published yet. */
export async function releaseForSite(trx: Trx, site: string): Promise<ReleasePlace | null> {
  const row = await trx
    .selectFrom('site')
    .select(['county', 'level'])
    .where('id', '=', site)
    .executeTakeFirst();
  const level = row && itemLevelOf(row.level);
  if (!row?.county || !level) return null;
  const number = await newestNumber(trx, row.county, level);
  return number === 0 ? null : { county: row.county, level, number };
}

/** What a county offers at a level now, in the order of its codes. */
export async function newestItems(trx: Trx, county: string, level: Level): Promise<Item[]> {
  const rows = await trx
    .selectFrom('item_release')
    .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
    .select('item_version.data')
    .where('item_release.county', '=', county)
    .where('item_release.level', '=', level)
    .where('item_release.last_release', '=', await newestNumber(trx, county, level))
    .orderBy('item_release.code')
    .execute();
  return rows.map(({ data }) => JSON.parse(data) as Item);
}

/** Codes of the items of a release that is the newest. */
export async function newestCodes(trx: Trx, { county, level, number }: ReleasePlace): Promise<string[]> {
  const rows = await trx
    .selectFrom('item_release')
    .select('code')
    .where('county', '=', county)
    .where('level', '=', level)
    .where('last_release', '=', number)
    .orderBy('code')
    .execute();
  return rows.map(({ code }) => code);
}
