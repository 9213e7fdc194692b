/**
 * The body of a sync request, as JSON or packed (protocol/pack.ts), under caps that hold while it unfolds. A pack that
 * cites an item version which this office does not know, or not alone by that beginning, is `malformed` like any that
 * cannot be read: its device sends it again as JSON.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { inflateRaw, inflateRawSync } from 'node:zlib';
import { LIMITS } from '#lib/protocol/limits.ts';
import { openPack, PACK_TYPE, unpack, type Tools } from '#lib/protocol/pack.ts';
import type { KnownItem } from '#lib/protocol/pack-walk.ts';
import { isOfType, readBody, readJson, SYNC_CAPS, type Read } from '../http/read-json.ts';
import type { Office } from '../office.ts';
import { commandText } from './command-text.ts';

/** Up to here unpacking takes less time than handing it to another thread and waiting for it. */
const AT_ONCE = 64 * 1024;
const inflateElsewhere = promisify(inflateRaw);
const CAP = { maxOutputLength: LIMITS.inflated };

const inflate = (packed: Uint8Array): Buffer | Promise<Buffer> =>
  packed.length <= AT_ONCE ? inflateRawSync(packed, CAP) : inflateElsewhere(packed, CAP);

const TOOLS: Tools = {
  textOf: commandText,
  sha256: (text) => new Uint8Array(createHash('sha256').update(text).digest()),
};

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
    const plain = await inflate(opened.value.deflated);
    return unpack(opened.value, new Uint8Array(plain), items, TOOLS);
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
