/** Search engines may read the guide and the looks of its pages, and nothing else. */
import type { RequestHandler } from './$types';

const KEEP = 'public, max-age=3600';

export const GET: RequestHandler = ({ url }) =>
  new Response(
    [
      'User-agent: *',
      'Allow: /guide',
      'Allow: /_app/immutable/assets/',
      'Allow: /sitemap.xml',
      'Disallow: /',
      `Sitemap: ${url.origin}/sitemap.xml`,
      '',
    ].join('\n'),
    { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': KEEP } },
  );
