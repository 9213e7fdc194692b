/**
 * Addresses for search engines: regions, and each item once a county. The same item in a thousand villages says the same but
 * for where, so those pages name the county's as the one to list (canonical) and are not here. A sitemap holds at most
 * 50,000 addresses (sitemaps.org); more become several with an index.
 */
import type { Instant } from '#lib/domain/day.ts';
import { TRAINING_PREFIX } from '#lib/domain/site.ts';
import type { Store } from '../db/store.ts';
import { entriesOf } from './browse.ts';
import { newestOffers, shelvesOf } from './offers.ts';

export interface Address {
  path: string;
  /** When the newest release it shows was published; null before the first. */
  changed: Instant | null;
}

const MOST = 50_000;

/** Every address of the guide that is to be found, in a lasting order. */
export async function guideAddresses(store: Store): Promise<Address[]> {
  const { sites, offers } = await store.read(async (trx) => ({
    sites: await trx
      .selectFrom('site')
      .select(['id', 'code', 'county'])
      .where('id', 'not like', `${TRAINING_PREFIX}%`)
      .where('status', '!=', 'closed')
      .where('county', 'is not', null)
      .orderBy('code')
      .execute(),
    offers: await newestOffers(trx),
  }));
  const shelves = await shelvesOf(store, offers);
  const changedOf = (county: string | null): Instant | null =>
    offers
      .filter((offer) => county === null || offer.county === county)
      .reduce<Instant | null>(
        (last, { publishedAt }) => (last && last > publishedAt ? last : publishedAt),
        null,
      );
  const changes = new Map(sites.map(({ county }) => [county, changedOf(county)]));
  const counties = [...new Set(offers.map(({ county }) => county))];
  const codes = new Map(sites.map(({ id, code }) => [id, code]));
  return [
    { path: '/guide', changed: changedOf(null) },
    ...sites.map(({ code, county }) => ({ path: `/guide/${code}`, changed: changes.get(county) ?? null })),
    ...counties.flatMap((county) => {
      const code = codes.get(county);
      if (code === undefined) return [];
      return entriesOf(shelves.filter((_, at) => offers[at]?.county === county)).map((entry) => ({
        path: `/guide/${code}/${entry.code}`,
        changed: changes.get(county) ?? null,
      }));
    }),
  ];
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** The sitemap, or with too many addresses its index; `part` counts from 1. null for a part that is not there. */
export function sitemapOf(
  addresses: readonly Address[],
  origin: string,
  part: number | null,
  most = MOST,
): string | null {
  const parts = Math.max(1, Math.ceil(addresses.length / most));
  if (part === null && parts > 1) {
    const lines = Array.from(
      { length: parts },
      (_, at) => `<sitemap><loc>${escape(`${origin}/sitemap.xml?part=${at + 1}`)}</loc></sitemap>`,
    );
    return `${HEAD}<sitemapindex ${NAMES}>\n${lines.join('\n')}\n</sitemapindex>\n`;
  }
  const nth = part ?? 1;
  if (!Number.isInteger(nth) || nth < 1 || nth > parts) return null;
  const lines = addresses.slice((nth - 1) * most, nth * most).map(({ path, changed }) => {
    const when = changed === null ? '' : `<lastmod>${changed.slice(0, 10)}</lastmod>`;
    return `<url><loc>${escape(origin + path)}</loc>${when}</url>`;
  });
  return `${HEAD}<urlset ${NAMES}>\n${lines.join('\n')}\n</urlset>\n`;
}
