/** The sites of a county as its administrator looks for them. Everything here takes the county and sees no other. */
import { cleanCode, isSiteCode, type NoSiteAtCode } from '#lib/domain/site-keeping.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';
import { findRows } from './find-rows.ts';

export interface CountySite {
  id: string;
  code: string;
  name: string;
  fullName: string;
  level: SiteLevel;
  status: 'open' | 'paused' | 'closed';
  /** Devices in use there. */
  devices: number;
}

/** Sites shown at once, a township with its villages: whoever sees more types one more word. */
const SHOWN = 30;

export interface FoundSites {
  sites: CountySite[];
  total: number;
  /** Nothing was found, and the query is a code: what became of it. */
  gone: NoSiteAtCode | null;
}

/**
 * Sites whose name, its pinyin or code has every word of the query, the county's own counter included; `total` of them.
 * @param closed those that were closed or merged too
 */
export async function searchSites(
  trx: Trx,
  county: string,
  query: string,
  { closed = false } = {},
): Promise<FoundSites> {
  if (query.trim() === '') return { sites: [], total: 0, gone: null };
  const rows = await siteRows(trx, county, closed);
  const found = findRows(rows, query, (site) => `${site.fullName} ${site.name} ${site.code}`);
  const isClosed = ({ status }: CountySite): number => (status === 'closed' ? 1 : 0);
  // the unit that bears the name comes before everything that lies in it
  found.sort(
    (a, b) =>
      isClosed(a) - isClosed(b) || a.fullName.length - b.fullName.length || a.code.localeCompare(b.code),
  );
  const gone =
    found.length === 0 && isSiteCode(cleanCode(query)) ? await siteByCode(trx, county, query) : null;
  return {
    sites: found.slice(0, SHOWN),
    total: found.length,
    gone: gone?.is === 'found' ? null : gone,
  };
}

/** An open site of this county; null for any other, as if it did not exist. */
export async function findCountySite(trx: Trx, county: string, id: string): Promise<CountySite | null> {
  return (await siteRows(trx, county)).find((site) => site.id === id) ?? null;
}

/** The open site that bears a code, or what became of the one that bore it last. */
export async function siteByCode(
  trx: Trx,
  county: string,
  raw: string,
): Promise<{ is: 'found'; site: CountySite } | NoSiteAtCode> {
  const code = cleanCode(raw);
  if (!isSiteCode(code)) return { is: 'notACode' };
  const rows = (await siteRows(trx, county, true)).filter((site) => site.code === code);
  const open = rows.find(({ status }) => status !== 'closed');
  if (open) return { is: 'found', site: open };
  const last = rows.at(-1);
  if (!last) return { is: 'none' };
  const { id, fullName } = last;
  const into = await trx
    .selectFrom('site as gone')
    .innerJoin('site as into', 'into.id', 'gone.merged_into')
    .select(['into.full_name as fullName', 'into.code'])
    .where('gone.id', '=', id)
    .executeTakeFirst();
  return into ? { is: 'merged', id, fullName, into } : { is: 'closed', id, fullName };
}

async function siteRows(trx: Trx, county: string, closed = false): Promise<CountySite[]> {
  let query = trx
    .selectFrom('site')
    .leftJoin('device', (join) =>
      join.onRef('device.site', '=', 'site.id').on('device.status', '=', 'active'),
    )
    .select(['site.id', 'site.code', 'site.name', 'site.full_name', 'site.level', 'site.status'])
    .select(({ fn }) => fn.count('device.id').as('devices'))
    .where('site.county', '=', county)
    .groupBy(['site.id', 'site.code', 'site.name', 'site.full_name', 'site.level', 'site.status'])
    .orderBy('site.id');
  if (!closed) query = query.where('site.status', '!=', 'closed');
  const rows = await query.execute();
  return rows.map(({ full_name, devices, ...site }) => ({
    ...site,
    fullName: full_name,
    devices: Number(devices),
  }));
}
