/** Writes a patch in few bytes (tight-patch.ts), beside the release that it starts from. */
import { constants, deflateRawSync } from 'node:zlib';
import { fromBase64url, type Bytes } from '../hash.ts';
import { isMembers } from '../patch.ts';
import type { ReleasePatch, WholeRelease } from '../rebuild.ts';
import { PART_NAMES, unpackItems } from '../release.ts';
import { dictionaryOf, openTight } from '../tight-patch.ts';

/** More items than these fill the dictionary anyway. */
const MOST_ITEMS = 24;

function pushNumber(out: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  out.push(rest);
}

const positionsIn = (items: unknown): number[] =>
  (isMembers(items) ? Object.keys(items) : [])
    .filter((key) => /^\d+$/.test(key))
    .map(Number)
    .slice(0, MOST_ITEMS);

/** The patch as bytes; null where a device would not read the same out of them. */
export async function tighten(
  older: WholeRelease,
  number: number,
  patch: ReleasePatch,
): Promise<Bytes | null> {
  const { at, signature, packed, ...differences } = patch;
  const head: number[] = [...(fromBase64url(signature) ?? [])];
  pushNumber(head, number);
  pushNumber(head, Date.parse(at));
  for (const name of PART_NAMES) {
    const before = older.manifest.parts[name].packed;
    const more = (packed[name] ?? before) - before;
    pushNumber(head, more < 0 ? -2 * more - 1 : 2 * more);
  }
  // positions are of the new list: an item that has moved there is another one, and only a worse word to point at
  const known = positionsIn(patch.items);
  const items = unpackItems(older.parts.items);
  const positions = known.filter((one) => one < items.length);
  pushNumber(head, positions.length);
  positions.forEach((one, i) => pushNumber(head, one - (positions[i - 1] ?? 0)));
  const dictionary = dictionaryOf(items, positions);
  const deflated = deflateRawSync(JSON.stringify(differences), {
    level: constants.Z_BEST_COMPRESSION,
    memLevel: 9,
    ...(dictionary.length > 0 ? { dictionary } : {}),
  });
  const bytes = new Uint8Array([...head, ...deflated]);
  const read = await openTight(older, bytes, items).catch(() => null);
  return read && JSON.stringify(read) === JSON.stringify({ ...differences, at, signature, packed })
    ? bytes
    : null;
}
