/**
 * Builds a release from items: the bytes that are stored, served and signed. Pure but for the packing. Invariants:
 * only items of the release's level are in it, each once, in the order given; the same input gives the same bytes.
 */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { canonicalBytes } from '../canonical.ts';
import { sha256Hex } from '../hash.ts';
import type { Bytes } from '../hash.ts';
import type { CountyPolicy } from '../policy.ts';
import { PART_NAMES, RELEASE_FORMAT, entriesOf, packItems, packList, packRules, textsOf } from '../release.ts';
import type { CatalogueList, Manifest, PartName, PartRef } from '../release.ts';
import { packBrotli } from './brotli.ts';
import { readingsOf } from './pinyin.ts';

export interface ReleaseInput {
  county: string;
  level: Level;
  /** Number of the release before this one; 0 before the first. */
  previous: number;
  publishedAt: Instant;
  /** Items of any level; those of other levels are left out. */
  items: readonly Item[];
  calendar: Calendar;
  policy: CountyPolicy;
}

export interface BuiltPart {
  sha256: string;
  /** What a device verifies. */
  raw: Bytes;
  /** What is served with `Content-Encoding: br`. */
  packed: Bytes;
}

export interface BuiltRelease {
  manifest: Manifest;
  /** The bytes to sign and to serve: never written out again from `manifest`. */
  manifestRaw: Bytes;
  parts: Record<PartName, BuiltPart>;
}

/** The two costly steps. A seed of many counties hands in ones that remember what they have made before. */
export interface BuildSteps {
  list: (items: readonly Item[]) => CatalogueList;
  /** `open`: that many of the first bytes can be read before the rest has come. */
  pack: (raw: Bytes, open?: number) => Promise<Bytes>;
}

/** As small as can be. */
export const CAREFULLY: BuildSteps = {
  list: listOf,
  pack: (raw, open = 0) => packBrotli(raw, { open }),
};

/** Throws RangeError where a code or a number would break the release. */
export async function buildRelease(
  input: ReleaseInput,
  { list, pack }: BuildSteps = CAREFULLY,
): Promise<BuiltRelease> {
  const items = input.items.filter((item) => item.levels.includes(input.level));
  if (new Set(items.map((item) => item.code)).size !== items.length) {
    throw new RangeError('an item code occurs twice');
  }
  if (!Number.isSafeInteger(input.previous) || input.previous < 0) throw new RangeError('previous number');

  const raw: Record<PartName, Bytes> = {
    list: packList(list(items)),
    items: packItems(items),
    rules: packRules({ calendar: input.calendar, policy: input.policy }),
  };
  const parts = {} as Record<PartName, BuiltPart>;
  const refs = {} as Record<PartName, PartRef>;
  for (const name of PART_NAMES) {
    const part = { sha256: await sha256Hex(raw[name]), raw: raw[name], packed: await pack(raw[name]) };
    parts[name] = part;
    refs[name] = { sha256: part.sha256, size: part.raw.length, packed: part.packed.length };
  }
  const manifest: Manifest = {
    format: RELEASE_FORMAT,
    county: input.county,
    level: input.level,
    number: input.previous + 1,
    publishedAt: input.publishedAt,
    itemsCount: items.length,
    parts: refs,
  };
  return { manifest, manifestRaw: canonicalBytes(manifest), parts };
}

/** The list to search in: what the cards show, and how names, words, departments and topics are read. */
export function listOf(items: readonly Item[]): CatalogueList {
  const entries = entriesOf(items);
  return { entries, readings: readingsOf(textsOf(entries)) };
}
