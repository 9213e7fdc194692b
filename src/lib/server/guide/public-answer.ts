/**
 * What leaves from the public guide: pages that anybody may keep for a while, packed for a slow line, and open to search
 * engines. Kit has set the ETag from the content and has answered 304 by itself; a search of somebody's is not indexed.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const pack = promisify(gzip);

/** As app.html has it for all other pages. */
const NO_INDEX = '<meta name="robots" content="noindex" />';
/** A release is in the guide within ten minutes; an office that is away is bridged for a day by whoever keeps pages. */
const KEEP = 'public, max-age=600, stale-while-revalidate=86400';
/** Papers say when they were printed. */
const KEEP_PAPER = 'public, max-age=60';

export const isPublicGuide = ({ pathname }: URL): boolean =>
  pathname === '/guide' || pathname.startsWith('/guide/');

/** What Svelte leaves for a script to find its places by; no script comes, and no text holds them, for `<` is escaped in it. */
const PLACE_MARKS = /<!--(?:\[?-?\d*|\[!|\]|[0-9a-z]+)-->/g;

/**
 * The page as everybody gets it: without marks that are of no use here. Search engines may list it, but not what somebody
 * looked for; the pages that this leads to they may.
 */
export function plainPage(html: string, url: URL): string {
  const plain = html.replace(PLACE_MARKS, '');
  return url.search === '' ? plain.replace(NO_INDEX, '') : plain;
}

/** The same page with how long it may be kept, packed. */
export function publicAnswer(request: Request, answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  const { status, body } = answer;
  const isPaper = new URL(request.url).pathname.endsWith('/notice');
  const kept = status === 200 || status === 304 || status === 308;
  headers.set('cache-control', !kept ? 'no-store' : isPaper ? KEEP_PAPER : KEEP);
  return packed(request, new Response(body, { status, headers }));
}

/** The same answer, gzipped for whoever takes that. */
export async function packed(request: Request, answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  const { status, body } = answer;
  headers.append('vary', 'accept-encoding');
  const takes = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!takes || body === null || headers.has('content-encoding'))
    return new Response(body, { status, headers });
  const bytes = await pack(await answer.arrayBuffer());
  headers.set('content-encoding', 'gzip');
  headers.set('content-length', String(bytes.length));
  return new Response(new Uint8Array(bytes), { status, headers });
}
