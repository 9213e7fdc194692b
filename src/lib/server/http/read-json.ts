/**
 * Reads a JSON body under caps that hold while it arrives: a gzip bomb is cut off at the cap, not after it. Nothing of
 * a body that is too large, cut short or no JSON goes further.
 */
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { LIMITS } from '#lib/protocol/limits.ts';

export interface Caps {
  /** Bytes as sent. */
  sent: number;
  /** Bytes after gzip; the same as `sent` for a body that is not packed. */
  inflated: number;
}
export const JSON_CAPS: Caps = { sent: LIMITS.json, inflated: LIMITS.json };
export const SYNC_CAPS: Caps = { sent: LIMITS.compressed, inflated: LIMITS.inflated };

export type Read<T> = { ok: true; value: T } | { ok: false; error: ErrorCode };

class TooLarge extends Error {
  override name = 'TooLarge';
}

/** Up to here unpacking takes less time than handing it to another thread and waiting for it. */
const AT_ONCE = 64 * 1024;
const unpackElsewhere = promisify(gunzip);

/** Bytes as sent; what comes beyond the cap is not taken any more. */
async function bytesSent(request: Request, cap: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let seen = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    seen += chunk.length;
    if (seen > cap) throw new TooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1
    ? Buffer.from(chunks[0]!.buffer, chunks[0]!.byteOffset, seen)
    : Buffer.concat(chunks);
}

/** Stops at the cap. */
const unpack = (packed: Buffer, cap: number): Buffer | Promise<Buffer> =>
  packed.length <= AT_ONCE
    ? gunzipSync(packed, { maxOutputLength: cap })
    : unpackElsewhere(packed, { maxOutputLength: cap });

const isTooLarge = (error: unknown): boolean => {
  const { code, status } = (error ?? {}) as { code?: unknown; status?: unknown };
  return error instanceof TooLarge || code === 'ERR_BUFFER_TOO_LARGE' || status === 413;
};

/** Whether the body is of that content type, which is in lower case. */
export const isOfType = (request: Request, type: string): boolean =>
  (request.headers.get('content-type') ?? '').toLowerCase().split(';')[0]!.trim() === type;

/** The body's bytes, unpacked where they came as gzip. */
export async function readBody(request: Request, caps: Caps): Promise<Read<Buffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > caps.sent) return { ok: false, error: 'tooLarge' };
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') return { ok: false, error: 'notJson' };
  try {
    const isPacked = encoding === 'gzip';
    const sent = await bytesSent(request, isPacked ? caps.sent : Math.min(caps.sent, caps.inflated));
    return { ok: true, value: isPacked ? await unpack(sent, caps.inflated) : sent };
  } catch (error) {
    return { ok: false, error: isTooLarge(error) ? 'tooLarge' : 'malformed' };
  }
}

/** The body as JSON, not yet looked at. */
export async function readJson(request: Request, caps: Caps): Promise<Read<unknown>> {
  if (!isOfType(request, 'application/json')) return { ok: false, error: 'notJson' };
  const read = await readBody(request, caps);
  if (!read.ok) return read;
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.value)) };
  } catch {
    return { ok: false, error: 'malformed' };
  }
}

/** The body as its schema says. */
export async function readAs<T>(
  request: Request,
  schema: v.GenericSchema<unknown, T>,
  caps: Caps = JSON_CAPS,
): Promise<Read<T>> {
  const read = await readJson(request, caps);
  if (!read.ok) return read;
  const result = v.safeParse(schema, read.value);
  return result.success ? { ok: true, value: result.output } : { ok: false, error: 'malformed' };
}
