/** What sites leave out of what their level offers (本站不办的事项), as the board and the public guide ask. */
import { itemLevelOf } from '#lib/domain/site.ts';
import type { Level } from '#lib/domain/item.ts';
import type { Trx } from '../db/dialect.ts';

export interface Choices {
  /** Codes that a site leaves out. */
  leftOutAt(site: string): ReadonlySet<string>;
  /** Codes that every open site of a county and level leaves out: nobody offers them there. */
  leftOutByAll(county: string, level: Level): ReadonlySet<string>;
}

export const NOTHING_LEFT_OUT: ReadonlySet<string> = new Set();

/** Of one county, or of all. */
export async function siteChoices(trx: Trx, county?: string): Promise<Choices> {
  let query = trx
    .selectFrom('site_choice')
    .innerJoin('site', 'site.id', 'site_choice.site')
    .select(['site.id', 'site.county', 'site.level', 'site_choice.left_out'])
    .where('site.status', '!=', 'closed');
  if (county !== undefined) query = query.where('site.county', '=', county);
  const rows = await query.execute();
  const bySite = new Map(rows.map(({ id, left_out }) => [id, new Set(JSON.parse(left_out) as string[])]));
  const byLevel = new Map<string, ReadonlySet<string>[]>();
  for (const { id, county: of, level } of rows) {
    const key = `${of}/${itemLevelOf(level)}`;
    byLevel.set(key, [...(byLevel.get(key) ?? []), bySite.get(id)!]);
  }
  const byAll = await ofEverySite(trx, byLevel);
  return {
    leftOutAt: (site) => bySite.get(site) ?? NOTHING_LEFT_OUT,
    leftOutByAll: (of, level) => byAll.get(`${of}/${level}`) ?? NOTHING_LEFT_OUT,
  };
}

/** Sites are only counted where some have chosen: few counties, mostly none. */
async function ofEverySite(
  trx: Trx,
  byLevel: ReadonlyMap<string, readonly ReadonlySet<string>[]>,
): Promise<Map<string, ReadonlySet<string>>> {
  const counties = [...new Set([...byLevel.keys()].map((key) => key.split('/')[0]!))];
  if (counties.length === 0) return new Map();
  const counts = await trx
    .selectFrom('site')
    .select(['county', 'level'])
    .select(({ fn }) => fn.countAll().as('sites'))
    .where('county', 'in', counties)
    .where('status', '!=', 'closed')
    .groupBy(['county', 'level'])
    .execute();
  const sites = new Map<string, number>();
  for (const { county, level, sites: some } of counts) {
    const key = `${county}/${itemLevelOf(level)}`;
    sites.set(key, (sites.get(key) ?? 0) + Number(some));
  }
  return new Map(
    [...byLevel].flatMap(([key, choices]) =>
      choices.length < (sites.get(key) ?? 0) ? [] : [[key, inAll(choices)] as const],
    ),
  );
}

/** Codes that all of the sets have; none of none. */
export const inAll = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> =>
  new Set([...(sets[0] ?? [])].filter((code) => sets.every((one) => one.has(code))));
