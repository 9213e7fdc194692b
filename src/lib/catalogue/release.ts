/**
 * A release (目录发布): what one county publishes for one level of its sites, numbered upward. The manifest is
 * signed as raw bytes and names its parts by hash; parts are immutable and addressed by that hash, so a part that
 * did not change is not fetched again. Hashes of single items are not sent: a device computes them (`itemHash`)
 * from the verified items, which saves 9 KB before the list can be searched.
 */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { canonicalBytes } from './canonical.ts';
import { packRows, unpackRows } from './columns.ts';
import type { Table } from './columns.ts';
import type { Bytes } from './hash.ts';
import type { CountyPolicy } from './policy.ts';
import { spelt, syllablesIn, type Syllables } from './spelling.ts';

export const RELEASE_FORMAT = 1;

export const PART_NAMES = ['list', 'items', 'rules'] as const;
/** `list` to search in, `items` in full, `rules` = calendar and policy. */
export type PartName = (typeof PART_NAMES)[number];

/** Hash and sizes of a part. The hash is over the raw bytes, as they are after `Content-Encoding: br`. */
export interface PartRef {
  /** SHA-256, hex. */
  sha256: string;
  /** Raw bytes. */
  size: number;
  /** Bytes on the wire: for progress, not for trust. */
  packed: number;
}

export interface Manifest {
  format: typeof RELEASE_FORMAT;
  /** Permanent id of the county's site. */
  county: string;
  level: Level;
  number: number;
  publishedAt: Instant;
  itemsCount: number;
  parts: Record<PartName, PartRef>;
}

/** What a list shows of an item before its guide is opened. Days are working days. */
export interface ListEntry {
  code: string;
  name: string;
  /** Everyday words (俗称). */
  words: string[];
  department: string;
  topics: string[];
  audience: string[];
  handling: Item['handling'];
  promisedDays: number;
  visits: number;
  free: boolean;
}

/**
 * How the texts of a list are read, computed when published. `syllables`: syllable → the characters usually read
 * so in this list. `exceptions`: [text, position, syllable] where a character is read otherwise (多音字).
 */
export interface Readings {
  syllables: Syllables;
  exceptions: [text: string, position: number, syllable: string][];
}

export interface CatalogueList {
  entries: ListEntry[];
  readings: Readings;
}

export interface Rules {
  calendar: Calendar;
  policy: CountyPolicy;
}

/** What the cards show of items; the publisher and a device that takes a patch work it out alike. */
export const entriesOf = (items: readonly Item[]): ListEntry[] =>
  items.map((item) => {
    const { code, name, keywords, department, topics, audience, handling, promisedDays, visits } = item;
    const free = /^(不收费|服务不收费)$/.test(item.fee);
    return {
      code,
      name,
      words: keywords,
      department,
      topics,
      audience,
      handling,
      promisedDays,
      visits,
      free,
    };
  });

/** What is searched in, and has readings. */
export const textsOf = (entries: readonly ListEntry[]): string[] =>
  entries.flatMap((entry) => [entry.name, ...entry.words, entry.department, ...entry.topics]);

/** Raw bytes of the part `list`. */
export function packList({ entries, readings: { syllables, exceptions } }: CatalogueList): Bytes {
  const readings = { exceptions, syllables: spelt(textsOf(entries), syllables) };
  return canonicalBytes({ entries: packRows(entries), readings });
}

/** Raw bytes of the part `items`. */
export function packItems(items: readonly Item[]): Bytes {
  return canonicalBytes(packRows(items));
}

/** Raw bytes of the part `rules`. */
export function packRules(rules: Rules): Bytes {
  return canonicalBytes(rules);
}

/** The list of verified raw bytes (verify.ts): the types are trusted because the publisher signed them. */
export function unpackList(raw: Uint8Array): CatalogueList {
  const { entries: table, readings } = parse(raw) as {
    entries: Table;
    readings: Omit<Readings, 'syllables'> & { syllables: string | Readings['syllables'] };
  };
  const entries = unpackRows(table) as unknown as ListEntry[];
  const { exceptions, syllables: said } = readings;
  const texts = textsOf(entries);
  // releases until November 2026 name each syllable's characters; in the same order, so that patches from them are short
  const syllables = syllablesIn(texts, typeof said === 'string' ? said : spelt(texts, said));
  return { entries, readings: { syllables, exceptions } };
}

/** The items of verified raw bytes. */
export function unpackItems(raw: Uint8Array): Item[] {
  return unpackRows(parse(raw) as Table) as unknown as Item[];
}

/** Calendar and policy of verified raw bytes. */
export function unpackRules(raw: Uint8Array): Rules {
  return parse(raw) as Rules;
}

function parse(raw: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
}
