/**
 * The time limits of what a county has published, read out of its releases as they were signed. Everything here takes the
 * county and sees no other.
 */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { unpackItems, type Manifest } from '#lib/catalogue/release.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import { LEVELS, type TimedItem } from '#lib/domain/time-limits.ts';
import { reachesAll } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';

const unpack = promisify(brotliDecompress);

/** The items of one release. */
export interface ReleasedLimits {
  level: Level;
  number: number;
  publishedAt: Instant;
  items: readonly TimedItem[];
}

/** The release in force of each level that has one, in the order of the levels. */
export async function newestLimits(store: Store, county: string): Promise<ReleasedLimits[]> {
  return withItems(store, async (trx) => {
    const newest: Row[] = [];
    for (const level of LEVELS) newest.push(...(await releaseRows(trx, { county, level, most: 1 })));
    return newest;
  });
}

/** The newest releases of a level, the oldest of them first. */
export async function limitsOverReleases(
  store: Store,
  wanted: { county: string; level: Level; most: number },
): Promise<ReleasedLimits[]> {
  const releases = await withItems(store, (trx) => releaseRows(trx, wanted));
  return releases.reverse();
}

interface Row {
  level: Level;
  number: number;
  publishedAt: Instant;
  /** SHA-256 of the part `items`. */
  part: string;
}

async function releaseRows(
  trx: Trx,
  { county, level, most }: { county: string; level: Level; most: number },
): Promise<Row[]> {
  const rows = await trx
    .selectFrom('release')
    .select(['number', 'published_at', 'manifest'])
    .where('county', '=', county)
    .where('level', '=', level)
    // what only pilot sites have is not what the county promises
    .where(reachesAll())
    .orderBy('number', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ number, published_at, manifest }) => {
    const { parts } = JSON.parse(new TextDecoder().decode(manifest)) as Manifest;
    return { level, number, publishedAt: published_at, part: parts.items.sha256 };
  });
}

/** Parts are fetched in the same read as their releases, and unpacked after it: nobody waits for a connection meanwhile. */
async function withItems(store: Store, find: (trx: Trx) => Promise<Row[]>): Promise<ReleasedLimits[]> {
  const { rows, packed } = await store.read(async (trx) => {
    const found = await find(trx);
    const missing = [...new Set(found.map(({ part }) => part))].filter((part) => !unpacked.has(part));
    if (missing.length === 0) return { rows: found, packed: [] };
    const parts = await trx
      .selectFrom('release_part')
      .select(['sha256', 'packed'])
      .where('sha256', 'in', missing)
      .execute();
    return { rows: found, packed: parts };
  });
  const fresh = new Map<string, readonly TimedItem[]>();
  for (const { sha256, packed: bytes } of packed) {
    fresh.set(sha256, unpackItems(await unpack(bytes)).map(onlyLimits));
  }
  const releases = rows.map(({ part, ...release }) => ({
    ...release,
    items: fresh.get(part) ?? unpacked.get(part) ?? [],
  }));
  for (const [part, items] of fresh) keep(part, items);
  return releases;
}

/** A part is named by the hash of its bytes, so what was unpacked once is right for ever, for whichever county. */
const unpacked = new Map<string, readonly TimedItem[]>();
const KEPT = 64;

function keep(part: string, items: readonly TimedItem[]): void {
  const [oldest] = unpacked.keys();
  if (unpacked.size >= KEPT && oldest !== undefined) unpacked.delete(oldest);
  unpacked.set(part, items);
}

const onlyLimits = ({
  code,
  name,
  type,
  department,
  levels,
  handling,
  statutoryDays,
  promisedDays,
}: TimedItem): TimedItem => ({
  code,
  name,
  type,
  department,
  levels,
  handling,
  statutoryDays,
  promisedDays,
});
