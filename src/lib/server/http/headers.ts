/** Security headers of every answer (design security.md), and who may ask for a change at all. */
import { NEWS_TYPE } from '#lib/protocol/poll.ts';
import { WAKE_TYPE } from '#lib/protocol/wake.ts';
import { contentSecurityPolicy } from '../../../../csp.js';

/** Words of a policy that stand in quotes. */
const KEYWORDS = new Set(['self', 'none', 'unsafe-inline', 'wasm-unsafe-eval', 'script']);

/** The policy of csp.js as one header. Pages that Kit renders carry their own, with nonces. */
export const contentSecurityPolicyHeader = Object.entries(contentSecurityPolicy)
  .map(([name, sources]) => {
    const values = (sources as readonly string[]).map((one) => (KEYWORDS.has(one) ? `'${one}'` : one));
    return [name, ...values].join(' ');
  })
  .join('; ');

const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  // no-referrer would make browsers send `Origin: null` with our own forms, which is refused as foreign
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
};
const ONE_YEAR = 31_536_000;
/** Data for our own program: never a document, so it may do nothing and be framed by nobody. Short, for poor lines. */
const OF_DATA: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** What an answer lacks by what it is: without a body there is nothing to look at, sniff or frame. */
function missingIn({ body, headers }: Response, pathname: string): Readonly<Record<string, string>> {
  if (!pathname.startsWith('/api/')) return ALWAYS;
  if (body === null) return {};
  const type = headers.get('content-type') ?? '';
  // no browser shows or runs a type that it does not know, unless it is allowed to guess another
  if (type === NEWS_TYPE) return { 'x-content-type-options': 'nosniff' };
  return type.startsWith('application/json') || type === WAKE_TYPE ? OF_DATA : ALWAYS;
}

/** The same answer with the headers that it lacks. */
export function withSecurityHeaders(response: Response, url: URL): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(missingIn(response, url.pathname))) headers.set(name, value);
  const policed =
    headers.get('content-type') === NEWS_TYPE || (response.body === null && url.pathname.startsWith('/api/'));
  if (!headers.has('content-security-policy') && !policed) {
    headers.set('content-security-policy', contentSecurityPolicyHeader);
  }
  if (url.pathname.startsWith('/api/') && !headers.has('cache-control'))
    headers.set('cache-control', 'no-store');
  if (url.protocol === 'https:') headers.set('strict-transport-security', `max-age=${ONE_YEAR}`);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that changes something comes from another site's page. Browsers say so in Origin or
 * Sec-Fetch-Site; what says neither is no page, and brings no cookie of ours (SameSite=Strict).
 */
export function isForeign(request: Request, url: URL): boolean {
  if (READING.has(request.method)) return false;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  return (origin !== null && origin !== url.origin) || site === 'cross-site' || site === 'same-site';
}
