/**
 * A newer release out of an older one and what differs: nothing is sent that the device can work out. The list's entries
 * follow from the items, hashes and sizes from the parts, and the manifest from all of these, byte by byte as it was
 * signed. So the one signature proves everything: who gets a single byte wrong has no release. The publisher rebuilds
 * each patch the same way before it is offered, and offers none that does not yield the release.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { canonicalBytes } from './canonical.ts';
import { sha256Hex, type Bytes } from './hash.ts';
import { applyPatch, type Patch } from './patch.ts';
import {
  PART_NAMES,
  RELEASE_FORMAT,
  entriesOf,
  packItems,
  packList,
  packRules,
  unpackItems,
  unpackList,
  unpackRules,
  type Manifest,
  type PartName,
  type Readings,
  type Rules,
} from './release.ts';

/** What the office adds to the answer of a sync. A patch that is left out: nothing differs. */
export interface ReleasePatch {
  /** `publishedAt` of the new release. */
  at: Instant;
  /** base64url, over the new manifest's raw bytes. */
  signature: string;
  /** `packed` of the parts where it is another number than before. */
  packed: Partial<Record<PartName, number>>;
  items?: Patch;
  readings?: Patch;
  rules?: Patch;
}

export interface WholeRelease {
  manifest: Manifest;
  parts: Record<PartName, Bytes>;
}

/**
 * The release of that number, with the raw bytes of its manifest, to be verified like one that was fetched. Throws
 * TypeError where the patch does not fit.
 */
export async function rebuildRelease(
  older: WholeRelease,
  number: number,
  patch: ReleasePatch,
): Promise<WholeRelease & { raw: Bytes }> {
  const items = applyPatch(unpackItems(older.parts.items), patch.items ?? {}) as Item[];
  const readings = applyPatch(unpackList(older.parts.list).readings, patch.readings ?? {}) as Readings;
  const rules = applyPatch(unpackRules(older.parts.rules), patch.rules ?? {}) as Rules;
  const parts = {
    list: packList({ entries: entriesOf(items), readings }),
    items: packItems(items),
    rules: packRules(rules),
  };
  const refs = { ...older.manifest.parts };
  for (const name of PART_NAMES) {
    const packed = patch.packed[name] ?? refs[name].packed;
    refs[name] = { sha256: await sha256Hex(parts[name]), size: parts[name].length, packed };
  }
  const { county, level } = older.manifest;
  const manifest: Manifest = {
    format: RELEASE_FORMAT,
    county,
    level,
    number,
    publishedAt: patch.at,
    itemsCount: items.length,
    parts: refs,
  };
  return { manifest, parts, raw: canonicalBytes(manifest) };
}
