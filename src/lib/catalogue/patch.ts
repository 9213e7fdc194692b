/**
 * From a part of an older release to the same part of a newer one, without loading it whole: five changed items are
 * some hundred bytes. Invariant: a patch is never trusted; what it yields counts only when `verifyPart` says that
 * it is the part the signed manifest names, and otherwise the whole part is loaded.
 */
import type { Bytes } from './hash.ts';

/**
 * In turns of three: how far to move in the old text from the end of the last copy (may be negative), how many
 * UTF-16 units to copy from there, what to write after it.
 */
export type Patch = (number | string)[];

/** The new raw bytes; null where the patch does not fit the old ones. `most`: size in the manifest, a bound. */
export function applyPatch(old: Uint8Array, patch: unknown, most: number): Bytes | null {
  if (!Array.isArray(patch) || patch.length % 3) return null;
  const text = new TextDecoder().decode(old);
  const out: string[] = [];
  let at = 0;
  let length = 0;
  for (let i = 0; i < patch.length; i += 3) {
    const [move, copy, write] = patch.slice(i, i + 3) as unknown[];
    if (!Number.isSafeInteger(move) || !Number.isSafeInteger(copy) || typeof write !== 'string') return null;
    const from = at + (move as number);
    at = from + (copy as number);
    if (from < 0 || at < from || at > text.length) return null;
    length += at - from + write.length;
    if (length > most) return null;
    out.push(text.slice(from, at), write);
  }
  return new TextEncoder().encode(out.join(''));
}
