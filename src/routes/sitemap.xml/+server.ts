/** Addresses of the public guide for search engines; `?part=` of a large one. */
import { guideAddresses, sitemapOf } from '#lib/server/guide/sitemap.ts';
import { packed } from '#lib/server/guide/public-answer.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

const KEEP = 'public, max-age=3600';

export const GET: RequestHandler = async ({ url, request }) => {
  const asked = url.searchParams.get('part');
  const xml = sitemapOf(
    await guideAddresses(theOffice().store),
    url.origin,
    asked === null ? null : Number(asked),
  );
  if (xml === null) return new Response('Not found', { status: 404 });
  const headers = { 'content-type': 'application/xml; charset=utf-8', 'cache-control': KEEP };
  return packed(request, new Response(xml, { headers }));
};
