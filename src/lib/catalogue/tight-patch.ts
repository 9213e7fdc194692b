/**
 * A patch of a release in few bytes, as the answer to a poll carries it: the signature and small numbers as such, and what
 * differs as deflate that may point into the old versions of the items that changed. A word that was changed in a long
 * sentence costs the word. Browsers inflate with a dictionary when it stands before the data as blocks that are not packed.
 *
 * Bytes: signature (64) ‖ number ‖ publishedAt in ms ‖ how much `packed` of list, items and rules is more than before
 * (zigzag) ‖ how many items the dictionary is of ‖ their positions in the old list, each less the one before ‖ raw deflate of
 * the JSON of `items`, `readings` and `rules`, as far as they differ. Numbers are LEB128. The dictionary: the canonical JSON
 * of these items, one after the other, the last 32,000 bytes. Invariant: nothing in it is trusted; what it yields counts
 * only when the signature proves it (rebuild.ts).
 */
import type { Item } from '#lib/domain/item.ts';
import { canonicalBytes } from './canonical.ts';
import { toBase64url, type Bytes } from './hash.ts';
import { joined } from './join.ts';
import type { ReleasePatch, WholeRelease } from './rebuild.ts';
import { PART_NAMES, unpackItems } from './release.ts';

const SIGNATURE = 64;
/** Within the window of deflate, which is 32,768. */
const DICTIONARY = 32_000;
/** No patch is longer (publish/patch-release.ts); what unfolds into more is none. */
const LONGEST = 256 * 1024;

/** What the deflate may point into. Throws TypeError where the old release has no such item. */
export function dictionaryOf(items: readonly Item[], positions: readonly number[]): Bytes {
  const texts = positions.map((at) => {
    const item = items[at];
    if (!item) throw new TypeError('the patch is of another release');
    return canonicalBytes(item);
  });
  return joined(texts).slice(-DICTIONARY);
}

/** Reads numbers; throws TypeError at the end of the bytes. */
function numbersIn(bytes: Uint8Array, from: number): { next(): number; at(): number } {
  let at = from;
  return {
    at: () => at,
    next() {
      let value = 0;
      for (let scale = 1; ; scale *= 128) {
        const byte = bytes[at++];
        if (byte === undefined || scale > 2 ** 49) throw new TypeError('the patch is cut short');
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
    },
  };
}

/** The number of the release that it leads to; null where these bytes are no patch. */
export function numberOfTight(bytes: Uint8Array): number | null {
  try {
    return numbersIn(bytes, SIGNATURE).next();
  } catch {
    return null;
  }
}

/** Throws TypeError for whatever is no patch of this release. `items`: those of the old release, where they are unpacked already. */
export async function openTight(
  older: WholeRelease,
  bytes: Bytes,
  items?: readonly Item[],
): Promise<ReleasePatch> {
  const numbers = numbersIn(bytes, SIGNATURE);
  numbers.next();
  const at = new Date(numbers.next()).toISOString();
  const packed: ReleasePatch['packed'] = {};
  for (const name of PART_NAMES) {
    const zigzag = numbers.next();
    if (zigzag > 0)
      packed[name] = older.manifest.parts[name].packed + (zigzag % 2 ? -(zigzag + 1) / 2 : zigzag / 2);
  }
  const positions: number[] = [];
  for (let left = numbers.next(); left > 0; left--) positions.push((positions.at(-1) ?? 0) + numbers.next());
  const known = positions.length > 0 ? (items ?? unpackItems(older.parts.items)) : [];
  const text = await inflated(dictionaryOf(known, positions), bytes.subarray(numbers.at()));
  const differences = JSON.parse(text) as Pick<ReleasePatch, 'items' | 'readings' | 'rules'>;
  return { ...differences, at, signature: toBase64url(bytes.subarray(0, SIGNATURE)), packed };
}

async function inflated(dictionary: Bytes, deflated: Bytes): Promise<string> {
  const { length } = dictionary;
  // one block that is not packed and not the last: its length, and the same with every bit turned
  const head = Uint8Array.of(0, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
  const whole = new Blob(length > 0 ? [head, dictionary, deflated] : [deflated]).stream();
  const chunks: Uint8Array[] = [];
  let count = 0;
  const reader = whole.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    count += value.length;
    if (count > length + LONGEST) {
      await reader.cancel();
      throw new TypeError('the patch is too long');
    }
    chunks.push(value);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(joined(chunks).subarray(length));
}
