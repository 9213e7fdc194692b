/** What the office answers over HTTP: JSON of the protocol, never kept by anybody on the way. */
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import { ERRORS, type ErrorCode } from '#lib/protocol/errors.ts';

const packElsewhere = promisify(gzip);
/** Up to here packing takes less time than handing it to another thread and waiting for it. */
const AT_ONCE = 16 * 1024;
/** Below this gzip costs more than it saves. */
const WORTH_PACKING = 1024;

const HEADERS = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };

/** JSON of a value, gzipped when the caller takes gzip. */
export async function jsonAnswer(
  value: unknown,
  request: Request,
  headers: Record<string, string> = {},
): Promise<Response> {
  const text = JSON.stringify(value);
  const all = { ...HEADERS, vary: 'accept-encoding', ...headers };
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!takesGzip || text.length < WORTH_PACKING) return new Response(text, { headers: all });
  const packed = text.length <= AT_ONCE ? gzipSync(text) : await packElsewhere(text);
  return new Response(new Uint8Array(packed), { headers: { ...all, 'content-encoding': 'gzip' } });
}

/** An error of transport (protocol/errors.ts). */
export function errorAnswer(error: ErrorCode, retryAfterSeconds?: number): Response {
  const { status, text } = ERRORS[error];
  const body = { error, text, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return new Response(JSON.stringify(body), { status, headers: { ...HEADERS, ...headers } });
}
