/**
 * The body of a sync request, as JSON or packed (protocol/pack.ts), under caps that hold while it unfolds. A pack that
 * cites an item version which this office does not know, or not alone by that beginning, is `malformed` like any that
 * cannot be read: its device sends it again as JSON.
 */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { LIMITS } from '#lib/protocol/limits.ts';
import { openPack, PACK_TYPE, unpack } from '#lib/protocol/pack.ts';
import type { KnownItem } from '#lib/protocol/pack-walk.ts';
import { isOfType, readBody, readJson, SYNC_CAPS, type Read } from '../http/read-json.ts';
import type { Office } from '../office.ts';

const inflate = promisify(inflateRaw);

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';

/** Not yet looked at. */
export async function readRequest(office: Office, request: Request): Promise<Read<unknown>> {
  if (!isOfType(request, PACK_TYPE)) return readJson(request, SYNC_CAPS);
  const read = await readBody(request, SYNC_CAPS);
  if (!read.ok) return read;
  const opened = await opening(() => openPack(read.value));
  if (!opened.ok) return opened;
  const items = await knownItems(office, opened.value.items);
  if (items === null) return { ok: false, error: 'malformed' };
  return opening(async () => {
    const plain = await inflate(opened.value.deflated, { maxOutputLength: LIMITS.inflated });
    return unpack(opened.value, new Uint8Array(plain), items);
  });
}

/** Whatever bytes it cannot make sense of are the sender's. */
async function opening<T>(open: () => T | Promise<T>): Promise<Read<T>> {
  try {
    return { ok: true, value: await open() };
  } catch (error) {
    return { ok: false, error: isTooLarge(error) ? 'tooLarge' : 'malformed' };
  }
}

async function knownItems(office: Office, beginnings: readonly string[]): Promise<KnownItem[] | null> {
  if (beginnings.length === 0) return [];
  return office.store.read(async (trx) => {
    const items: KnownItem[] = [];
    for (const beginning of beginnings) {
      const known = await office.rulebook.beginning(trx, beginning);
      if (known === null) return null;
      items.push(known);
    }
    return items;
  });
}
