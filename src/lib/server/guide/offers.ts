/**
 * What is offered where: the release in force of each county and level, its list to search in, and single items of it.
 * Invariant: an item that is not in the release in force of a county and level is not offered there, whatever was before,
 * and whatever pilot sites have; what no site of a county and level offers (本站不办的事项) is not offered there either.
 */
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { itemHash } from '#lib/catalogue/hash.ts';
import { unpackList, type CatalogueList, type Manifest } from '#lib/catalogue/release.ts';
import { createSearch, type Search } from '#lib/catalogue/search.ts';
import { withoutLeftOut } from '#lib/catalogue/site-choice.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { TRAINING_PREFIX } from '#lib/domain/site.ts';
import { reachesAll, releasedItems } from '../catalogue/current-release.ts';
import { siteChoices } from '../catalogue/site-choices.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';

export interface Offer {
  county: string;
  level: Level;
  number: number;
  publishedAt: Instant;
  /** SHA-256 of the part `list`. */
  list: string;
  /** Items of the list that are not offered: by no site of the level, or by the place that is looked at. */
  leftOut: ReadonlySet<string>;
}

/** A list with what finds in it. */
export interface Shelf {
  list: CatalogueList;
  search: Search;
}

/** An item as one level of a county offers it. */
export interface OfferedItem {
  county: string;
  level: Level;
  number: number;
  publishedAt: Instant;
  hash: string;
  item: Item;
}

/** Where people ask first: the counters that handle most. */
const LEVELS: readonly Level[] = ['township', 'subdistrict', 'village'];
const byLevel = (a: { level: Level }, b: { level: Level }): number =>
  LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level);

/** Number of the release in force for each county and level; practice left out. */
const newest = (trx: Trx) =>
  trx
    .selectFrom('release')
    .select(['county', 'level'])
    .select(({ fn }) => fn.max('number').as('number'))
    .where('county', 'not like', `${TRAINING_PREFIX}%`)
    .where(reachesAll())
    .groupBy(['county', 'level']);

/** The releases in force, of one county or of all, by county and level. */
export async function newestOffers(trx: Trx, county?: string): Promise<Offer[]> {
  let query = trx
    .selectFrom('release')
    .innerJoin(newest(trx).as('newest'), (join) =>
      join
        .onRef('newest.county', '=', 'release.county')
        .onRef('newest.level', '=', 'release.level')
        .onRef('newest.number', '=', 'release.number'),
    )
    .select(['release.manifest'])
    .orderBy('release.county');
  if (county !== undefined) query = query.where('release.county', '=', county);
  const rows = await query.execute();
  const choices = await siteChoices(trx, county);
  return rows
    .map(({ manifest }) => JSON.parse(new TextDecoder().decode(manifest)) as Manifest)
    .map(({ parts, ...of }) => ({
      county: of.county,
      level: of.level,
      number: of.number,
      publishedAt: of.publishedAt,
      list: parts.list.sha256,
      leftOut: choices.leftOutByAll(of.county, of.level),
    }))
    .sort((a, b) => (a.county === b.county ? byLevel(a, b) : a.county < b.county ? -1 : 1));
}

/** One item in every release in force that has it, of one county or of all. */
export async function offeredItems(trx: Trx, code: string, county?: string): Promise<OfferedItem[]> {
  if (!/^[\w-]{1,64}$/.test(code)) return [];
  let query = trx
    .selectFrom('item_release')
    .innerJoin(newest(trx).as('newest'), (join) =>
      join
        .onRef('newest.county', '=', 'item_release.county')
        .onRef('newest.level', '=', 'item_release.level')
        .onRef('newest.number', '>=', 'item_release.first_release')
        .onRef('newest.number', '<=', 'item_release.last_release'),
    )
    .innerJoin('release', (join) =>
      join
        .onRef('release.county', '=', 'newest.county')
        .onRef('release.level', '=', 'newest.level')
        .onRef('release.number', '=', 'newest.number'),
    )
    .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
    .select(['release.county', 'release.level', 'release.number', 'release.published_at'])
    .select(['item_version.hash', 'item_version.data'])
    .where('item_release.code', '=', code);
  if (county !== undefined) query = query.where('item_release.county', '=', county);
  const rows = await query.execute();
  const choices = await siteChoices(trx, county);
  const found = rows
    .filter((row) => !choices.leftOutByAll(row.county, row.level as Level).has(code))
    .map(({ county: of, level, number, published_at, hash, data }) => ({
      county: of,
      level: level as Level,
      number,
      publishedAt: published_at,
      hash,
      item: JSON.parse(data) as Item,
    }));
  return (await withoutDoubles(trx, found)).sort((a, b) =>
    a.county === b.county ? byLevel(a, b) : a.county < b.county ? -1 : 1,
  );
}

/**
 * A version that went and came again spans the one between: where two answer for one place, the release itself tells.
 */
async function withoutDoubles(trx: Trx, found: readonly OfferedItem[]): Promise<OfferedItem[]> {
  const kept: OfferedItem[] = [];
  for (const one of found) {
    const isTwin = ({ county, level }: OfferedItem): boolean => county === one.county && level === one.level;
    if (found.filter(isTwin).length > 1) {
      const listed = (await releasedItems(trx, one)).find(({ code }) => code === one.item.code);
      if (!listed || (await itemHash(listed)) !== one.hash) continue;
    }
    kept.push(one);
  }
  return kept;
}

/** Without what is not offered; most lists are whole, and are handed out as they are kept. */
function without(shelf: Shelf, leftOut: ReadonlySet<string>): Shelf {
  if (leftOut.size === 0) return shelf;
  const list = withoutLeftOut(shelf.list, leftOut);
  return { list, search: { search: (...asked) => createSearch(list).search(...asked) } };
}

const unpack = promisify(brotliDecompress);

/** Lists by their hash: what a hash names never changes, and most counties of a city have the same lists. */
const shelves = new Map<string, Shelf>();
const KEPT = 48;

/** The list of each offer, in their order. */
export async function shelvesOf(store: Store, offers: readonly Offer[]): Promise<Shelf[]> {
  const missing = [...new Set(offers.map((offer) => offer.list))].filter((hash) => !shelves.has(hash));
  if (missing.length > 0) {
    const parts = await store.read((trx) =>
      trx.selectFrom('release_part').select(['sha256', 'packed']).where('sha256', 'in', missing).execute(),
    );
    for (const { sha256, packed } of parts) {
      const list = unpackList(new Uint8Array(await unpack(packed)));
      shelves.set(sha256, { list, search: createSearch(list) });
    }
  }
  const found = offers.map((offer) => {
    const shelf = shelves.get(offer.list);
    if (!shelf) throw new Error(`a release without its list: ${offer.county}/${offer.level}/${offer.number}`);
    // used last, goes last
    shelves.delete(offer.list);
    shelves.set(offer.list, shelf);
    return without(shelf, offer.leftOut);
  });
  for (const hash of [...shelves.keys()].slice(0, Math.max(0, shelves.size - KEPT))) shelves.delete(hash);
  return found;
}
