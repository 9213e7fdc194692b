/**
 * The way from an older release to a new one that is offered to devices which work with the older. Invariant: what is
 * offered has been taken here as a device takes it, and yielded the signed release.
 */
import { isMembers } from '../patch.ts';
import { rebuildRelease, type ReleasePatch, type WholeRelease } from '../rebuild.ts';
import { PART_NAMES, unpackItems, unpackList, unpackRules } from '../release.ts';
import type { BuiltRelease } from './build.ts';
import { difference } from './diff.ts';

/** A longer one costs the answers of a morning more than it saves: then the release is loaded. */
const MOST_CHARACTERS = 32_000;

/** null: there is no short way. */
export async function patchRelease(
  older: WholeRelease,
  { manifest, manifestRaw, parts }: BuiltRelease,
  signature: string,
): Promise<ReleasePatch | null> {
  const differences = {
    items: difference(unpackItems(older.parts.items), unpackItems(parts.items.raw)),
    readings: difference(unpackList(older.parts.list).readings, unpackList(parts.list.raw).readings),
    rules: difference(unpackRules(older.parts.rules), unpackRules(parts.rules.raw)),
  };
  const changed = Object.entries(differences).filter(
    ([, it]) => !isMembers(it) || Object.keys(it).length > 0,
  );
  const packed: ReleasePatch['packed'] = {};
  for (const name of PART_NAMES) {
    if (manifest.parts[name].packed !== older.manifest.parts[name].packed)
      packed[name] = manifest.parts[name].packed;
  }
  const patch = { at: manifest.publishedAt, signature, packed, ...Object.fromEntries(changed) };
  if (JSON.stringify(patch).length > MOST_CHARACTERS) return null;
  const { raw } = await rebuildRelease(older, manifest.number, patch);
  return Buffer.compare(raw, manifestRaw) === 0 ? patch : null;
}
