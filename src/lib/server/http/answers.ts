/** What the office answers over HTTP: JSON of the protocol, never kept by anybody on the way. */
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { ERROR_TEXTS } from '#lib/protocol/error-texts.ts';
import { ERRORS, type ErrorCode } from '#lib/protocol/errors.ts';
import { NEWS_TYPE } from '#lib/protocol/poll.ts';

const packElsewhere = promisify(gzip);
const packTight = promisify(brotliCompress);
/** Up to here packing takes less time than handing it to another thread and waiting for it. */
const AT_ONCE = 16 * 1024;
/** Longer answers are brotli for whoever takes it: at this quality half of gzip's time, for nearly its size. */
const QUICK = { [constants.BROTLI_PARAM_QUALITY]: 2 };
/** Up to here it takes as little time as gzip for AT_ONCE. */
const QUICK_AT_ONCE = 64 * 1024;
/** Below this gzip costs more than it saves. */
const WORTH_PACKING = 1024;

/** Nobody keeps these answers, so nobody need know what they vary by; JSON is UTF-8. Each byte counts on a poor line. */
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** JSON of a value, packed in what the caller takes. */
export const jsonAnswer = (
  value: unknown,
  request: Request,
  headers: Record<string, string> = {},
): Promise<Response> => textAnswer(JSON.stringify(value), request, headers);

/** The same of JSON that is written already. */
export async function textAnswer(
  text: string,
  request: Request,
  headers: Record<string, string> = {},
): Promise<Response> {
  const all = { ...HEADERS, ...headers };
  if (
    text.length > AT_ONCE &&
    text.length <= QUICK_AT_ONCE &&
    takesBrotli(request.headers.get('accept-encoding'))
  ) {
    const packed = brotliCompressSync(text, { params: QUICK });
    return new Response(new Uint8Array(packed), { headers: { ...all, 'content-encoding': 'br' } });
  }
  const takesGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!takesGzip || text.length < WORTH_PACKING) return bytesAnswer(Buffer.from(text), all);
  const packed = text.length <= AT_ONCE ? gzipSync(text) : await packElsewhere(text);
  return bytesAnswer(packed, { ...all, 'content-encoding': 'gzip' });
}

/** With their length: chunks would cost twenty bytes more. */
const bytesAnswer = (bytes: Uint8Array, headers: Record<string, string>): Response =>
  new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-length': String(bytes.length) } });

/** A patch of a release in bytes (catalogue/tight-patch.ts). */
export const newsAnswer = (bytes: Bytes, headers: Record<string, string>): Response =>
  bytesAnswer(bytes, { ...HEADERS, 'content-type': NEWS_TYPE, ...headers });

/** Whether an Accept-Encoding names brotli and does not rule it out (`br;q=0`). */
export function takesBrotli(accepts: string | null): boolean {
  return (accepts ?? '').split(',').some((one) => {
    const [coding, ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return coding === 'br' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

/** JSON of a value as small as can be, for whoever takes brotli; else as `jsonAnswer`. */
export async function brotliAnswer(
  value: unknown,
  request: Request,
  more: Record<string, string> = {},
): Promise<Response> {
  if (!takesBrotli(request.headers.get('accept-encoding'))) return jsonAnswer(value, request, more);
  const text = Buffer.from(JSON.stringify(value));
  const packed = await packTight(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
  return bytesAnswer(packed, { ...HEADERS, ...more, 'content-encoding': 'br' });
}

/** An error of transport (protocol/errors.ts). */
export function errorAnswer(error: ErrorCode, retryAfterSeconds?: number): Response {
  const body = {
    error,
    text: ERROR_TEXTS[error],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  const headers = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return new Response(JSON.stringify(body), {
    status: ERRORS[error],
    headers: { ...HEADERS, ...headers },
  });
}
