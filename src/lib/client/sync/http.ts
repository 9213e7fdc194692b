/**
 * Requests to the office as typed replies: never a rejection, never a guess. Only our own JSON counts as the office
 * speaking; a captive portal's page, a proxy's error page and an answer cut short all mean offline. The session is a
 * cookie of this origin. Time-outs count silence: every chunk that arrives starts them anew.
 */
import * as v from 'valibot';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { joined } from '#lib/catalogue/join.ts';
import { errorResponse, type ErrorCode } from '#lib/protocol/errors.ts';

export type HttpReply =
  | { is: 'ok'; bytes: Bytes; headers: Headers; sentBytes: number }
  | { is: 'error'; status: number; error: ErrorCode | null; afterMs: number | null }
  | { is: 'offline' }
  | { is: 'timeout' };

export interface HttpRequest {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON, compressed when `gzip`. */
  body?: unknown;
  gzip?: boolean;
  /** Sent as it is, in place of `body`. */
  packed?: { bytes: Bytes; type: string };
  /** Past the browser's cache. */
  fresh?: boolean;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Bytes that have arrived so far, and the last of them; also of an answer that is none of ours. */
  onProgress?: (bytes: number, chunk: Uint8Array) => void;
}

export type Http = (request: HttpRequest) => Promise<HttpReply>;

/** A body of this size may outlive the page (keepalive has a budget of 64 KB). */
const KEEPALIVE_BYTES = 32 * 1024;

export const browserHttp =
  (fetcher: typeof fetch = (...args) => fetch(...args)): Http =>
  async (request) => {
    const stop = new AbortController();
    let silent = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        silent = true;
        stop.abort();
      }, request.timeoutMs);
    };
    const onAbort = (): void => stop.abort();
    if (request.signal?.aborted) return { is: 'offline' };
    request.signal?.addEventListener('abort', onAbort, { once: true });
    listen();
    try {
      const { init, sentBytes } = await initOf(request, stop.signal);
      const response = await fetcher(request.path, init);
      listen();
      const bytes = await readAll(response, (count, chunk) => {
        listen();
        request.onProgress?.(count, chunk);
      });
      return replyOf(response, bytes, sentBytes);
    } catch {
      // fetch tells a broken line, a bad gzip and an abort apart only in words
      return { is: silent ? 'timeout' : 'offline' };
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', onAbort);
    }
  };

async function initOf(
  { method, body, gzip, packed, fresh }: HttpRequest,
  signal: AbortSignal,
): Promise<{ init: RequestInit; sentBytes: number }> {
  const init: RequestInit = {
    method,
    signal,
    credentials: 'same-origin',
    redirect: 'error',
    // the office says no-store itself; saying it here too would be two more headers with every poll
    cache: fresh ? 'reload' : 'default',
  };
  const carried = packed
    ? { bytes: packed.bytes, headers: { 'content-type': packed.type } }
    : await asJson(body, gzip);
  if (!carried) return { init, sentBytes: 0 };
  const { bytes, headers } = carried;
  return {
    init: { ...init, headers, body: bytes, keepalive: bytes.length <= KEEPALIVE_BYTES },
    sentBytes: bytes.length,
  };
}

async function asJson(
  body: unknown,
  gzip = false,
): Promise<{ bytes: Bytes; headers: Record<string, string> } | null> {
  if (body === undefined) return null;
  const plain = new TextEncoder().encode(JSON.stringify(body));
  const zipped = gzip && plain.length > 1024 ? await zip(plain) : null;
  const headers = { 'content-type': 'application/json', ...(zipped ? { 'content-encoding': 'gzip' } : {}) };
  return { bytes: zipped ?? plain, headers };
}

/** null where the browser cannot compress: then it goes as it is. */
async function zip(plain: Bytes): Promise<Bytes | null> {
  if (typeof CompressionStream === 'undefined') return null;
  const stream = new Blob([plain]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function readAll(
  response: Response,
  onProgress: (bytes: number, chunk: Uint8Array) => void,
): Promise<Bytes> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let count = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    count += value.length;
    onProgress(count, value);
  }
  return joined(chunks);
}

function replyOf(response: Response, bytes: Bytes, sentBytes: number): HttpReply {
  const { status, headers } = response;
  if (response.ok) return { is: 'ok', bytes, headers, sentBytes };
  const said = v.safeParse(errorResponse, jsonOf(bytes, headers));
  const error = said.success ? said.output.error : null;
  const seconds = Number(headers.get('retry-after'));
  const told = said.success ? said.output.retryAfterSeconds : undefined;
  const afterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : told ? told * 1000 : null;
  // 413 and 5xx may also come from a proxy between; every other page is somebody else's
  if (error === null && status !== 413 && status !== 429 && status < 500) return { is: 'offline' };
  return { is: 'error', status, error, afterMs };
}

/** The JSON of an answer of ours; undefined for anything else. */
export function jsonOf(bytes: Bytes, headers: Headers): unknown {
  if (!(headers.get('content-type') ?? '').startsWith('application/json')) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

/** The answer by its schema; null when it is not ours. */
export function readJson<S extends v.GenericSchema>(
  schema: S,
  reply: Extract<HttpReply, { is: 'ok' }>,
): v.InferOutput<S> | null {
  const result = v.safeParse(schema, jsonOf(reply.bytes, reply.headers));
  return result.success ? result.output : null;
}
