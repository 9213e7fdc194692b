/**
 * Sealed rows (封存): a row with personal content keeps it in one box, byte 0 of which names the codec. Codec 0 is plain
 * UTF-8 JSON; codec 1 (AES-GCM, bound to `Place`) takes its place here without touching a caller. Only client/store calls
 * this, before a transaction opens: a transaction dies while WebCrypto is awaited.
 * A box that cannot be read is a value, so that one bad row never hides the rest of a list.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';

/** Where a box belongs: what codec 1 authenticates, so that boxes cannot be swapped between rows. */
export interface Place {
  table: string;
  id: string;
  version: number;
}

/** `codec`: written by a newer program. `damaged`: cut short, flipped or of another row. */
export type BoxTrouble = 'codec' | 'damaged';
export type Opened<T> = { ok: true; value: T } | { ok: false; why: BoxTrouble };

const PLAIN = 0;

/** One for all boxes: thousands of them would be the browser's to collect. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A box of a JSON value. Async although codec 0 needs no waiting: codec 1 will. */
export async function seal(value: unknown, _place: Place): Promise<Bytes> {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const box = new Uint8Array(json.length + 1);
  box[0] = PLAIN;
  box.set(json, 1);
  return box;
}

/** A box of bytes, such as a part of a photo: no JSON about them. */
export async function sealBytes(bytes: Uint8Array, _place: Place): Promise<Bytes> {
  const box = new Uint8Array(bytes.length + 1);
  box[0] = PLAIN;
  box.set(bytes, 1);
  return box;
}

/** The bytes of a box made by `sealBytes`. */
export async function openBytes(box: Bytes, _place: Place): Promise<Opened<Bytes>> {
  if (box.length === 0) return { ok: false, why: 'damaged' };
  return box[0] === PLAIN ? { ok: true, value: box.subarray(1) } : { ok: false, why: 'codec' };
}

/** The value of a box. Its type is the caller's promise: boxes are written by `seal` alone. */
export async function open<T>(box: Uint8Array, _place: Place): Promise<Opened<T>> {
  if (box.length === 0) return { ok: false, why: 'damaged' };
  if (box[0] !== PLAIN) return { ok: false, why: 'codec' };
  try {
    return { ok: true, value: JSON.parse(utf8.decode(box.subarray(1))) as T };
  } catch {
    return { ok: false, why: 'damaged' };
  }
}
