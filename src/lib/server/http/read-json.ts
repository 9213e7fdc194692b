/**
 * Reads a JSON body under caps that hold while it arrives: a gzip bomb is cut off at the cap, not after it. Nothing of
 * a body that is too large, cut short or no JSON goes further.
 */
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
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

/** Passes bytes on and counts them. */
const counted = (cap: number) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let seen = 0;
    for await (const chunk of source) {
      seen += chunk.length;
      if (seen > cap) throw new TooLarge();
      yield chunk;
    }
  };

async function readBytes(request: Request, caps: Caps, unpack: Transform | null): Promise<Buffer> {
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  const source = Readable.fromWeb(request.body as NodeReadableStream<Uint8Array>);
  const collect = async (all: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of all) chunks.push(chunk);
  };
  if (unpack) await pipeline(source, counted(caps.sent), unpack, counted(caps.inflated), collect);
  else await pipeline(source, counted(Math.min(caps.sent, caps.inflated)), collect);
  return Buffer.concat(chunks);
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof TooLarge || (error as { status?: unknown } | null)?.status === 413;

/** Whether the body is of that content type, which is in lower case. */
export const isOfType = (request: Request, type: string): boolean =>
  (request.headers.get('content-type') ?? '').toLowerCase().split(';')[0]!.trim() === type;

/** The body's bytes, unpacked where they came as gzip. */
export async function readBody(request: Request, caps: Caps): Promise<Read<Buffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > caps.sent) return { ok: false, error: 'tooLarge' };
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') return { ok: false, error: 'notJson' };
  try {
    return { ok: true, value: await readBytes(request, caps, encoding === 'gzip' ? createGunzip() : null) };
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
