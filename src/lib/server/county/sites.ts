/** The sites of a county as its administrator looks for them. Everything here takes the county and sees no other. */
import { hasWords, wordsOf } from '#lib/domain/query-words.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';

export interface CountySite {
  id: string;
  code: string;
  name: string;
  fullName: string;
  level: SiteLevel;
  /** Devices in use there. */
  devices: number;
}

/** Sites shown at once, a township with its villages: whoever sees more types one more word. */
const SHOWN = 30;

/** Sites whose name or code has every word of the query in it, the county's own counter included; `total` of them. */
export async function searchSites(
  trx: Trx,
  county: string,
  query: string,
): Promise<{ sites: CountySite[]; total: number }> {
  const words = wordsOf(query);
  if (words.length === 0) return { sites: [], total: 0 };
  const rows = await siteRows(trx, county);
  const found = rows.filter((site) => hasWords(`${site.fullName} ${site.name} ${site.code}`, words));
  // the unit that bears the name comes before everything that lies in it
  found.sort((a, b) => a.fullName.length - b.fullName.length || a.code.localeCompare(b.code));
  return { sites: found.slice(0, SHOWN), total: found.length };
}

/** A site of this county; null for any other, as if it did not exist. */
export async function findCountySite(trx: Trx, county: string, id: string): Promise<CountySite | null> {
  return (await siteRows(trx, county)).find((site) => site.id === id) ?? null;
}

async function siteRows(trx: Trx, county: string): Promise<CountySite[]> {
  const rows = await trx
    .selectFrom('site')
    .leftJoin('device', (join) =>
      join.onRef('device.site', '=', 'site.id').on('device.status', '=', 'active'),
    )
    .select(['site.id', 'site.code', 'site.name', 'site.full_name', 'site.level'])
    .select(({ fn }) => fn.count('device.id').as('devices'))
    .where('site.county', '=', county)
    .where('site.status', '!=', 'closed')
    .groupBy(['site.id', 'site.code', 'site.name', 'site.full_name', 'site.level'])
    .execute();
  return rows.map(({ full_name, devices, ...site }) => ({
    ...site,
    fullName: full_name,
    devices: Number(devices),
  }));
}
