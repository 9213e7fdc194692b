/** 站点: the county's townships, one of them opened, and what was looked for. */
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { siteTree } from '#lib/server/county/site-page.ts';
import { searchSites } from '#lib/server/county/sites.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

const LONGEST_QUERY = 60;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const query = (event.url.searchParams.get('q') ?? '').slice(0, LONGEST_QUERY);
  return theOffice().store.read(async (trx) => ({
    query,
    written:
      event.url.searchParams
        .get('written')
        ?.match(/^(\d{1,5})-(\d{1,5})$/)
        ?.slice(1) ?? null,
    found: await searchSites(trx, county.id, query, { closed: true }),
    tree: await siteTree(trx, county.id, event.url.searchParams.get('in')),
  }));
};
