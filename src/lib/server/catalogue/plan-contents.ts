/**
 * What a plan releases, kept as it was when it was drawn up: whoever releases it gives out what was looked at, whatever
 * the working list has become meanwhile. And what a release holds, read back out of its signed parts.
 */
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { Offering } from '#lib/catalogue/release-changes.ts';
import { unpackItems, unpackRules } from '#lib/catalogue/release.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { numberInForce, storedPart } from './current-release.ts';
import { readCalendar, readPolicy } from './rules.ts';

const pack = promisify(brotliCompress);
const unpack = promisify(brotliDecompress);

/** Quick: it is read a few times and sent nowhere. The large window finds the levels alike. */
const PACKING = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  },
};

export const packOffering = (offering: Offering): Promise<Buffer> =>
  pack(Buffer.from(canonicalJson(offering)), PACKING);

export async function unpackOffering(contents: Uint8Array): Promise<Offering> {
  return JSON.parse((await unpack(contents)).toString()) as Offering;
}

/** What a plan of the county releases, packed; null when there is no such plan. */
export async function planContents(trx: Trx, county: string, id: string): Promise<Uint8Array | null> {
  const row = await trx
    .selectFrom('release_plan')
    .select('contents')
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.contents ?? null;
}

/** Number of a release by level; levels without one are not named. */
export type Numbers = Partial<Record<Level, number>>;

/** Parts of the releases of these numbers, packed as they are stored. */
async function storedParts(trx: Trx, county: string, numbers: Numbers): Promise<Map<Level, Stored>> {
  const stored = new Map<Level, Stored>();
  for (const level of LEVELS) {
    const place = { county, level, number: numbers[level] ?? 0 };
    const [items, rules] = [await storedPart(trx, place, 'items'), await storedPart(trx, place, 'rules')];
    if (items && rules) stored.set(level, { items, rules });
  }
  return stored;
}

type Stored = Record<'items' | 'rules', Uint8Array>;

/** Unpacked outside a transaction, so that nobody waits for a connection meanwhile. */
async function openParts(stored: ReadonlyMap<Level, Stored>): Promise<Offering | null> {
  const items: Record<Level, Item[]> = { township: [], subdistrict: [], village: [] };
  let rules: Pick<Offering, 'calendar' | 'policy'> | null = null;
  for (const [level, parts] of stored) {
    items[level] = unpackItems(await unpack(parts.items));
    rules ??= unpackRules(await unpack(parts.rules));
  }
  return rules && { items, ...rules };
}

/** What the releases of these numbers hold; null when there is none. */
export const releasedOffering = async (
  store: Store,
  county: string,
  numbers: Numbers,
): Promise<Offering | null> => openParts(await store.read((trx) => storedParts(trx, county, numbers)));

/** Numbers of what is in force, by level. */
export async function numbersInForce(trx: Trx, county: string): Promise<Numbers> {
  const numbers: Numbers = {};
  for (const level of LEVELS) {
    const number = await numberInForce(trx, county, level);
    if (number > 0) numbers[level] = number;
  }
  return numbers;
}

/** What is in force, with its numbers; no offering before the first release. */
export async function offeringInForce(
  store: Store,
  county: string,
): Promise<{ offering: Offering | null; numbers: Numbers }> {
  const { numbers, stored, rules } = await store.read(async (trx) => {
    const found = await numbersInForce(trx, county);
    const [calendar, policy] = [await readCalendar(trx, county), await readPolicy(trx, county)];
    return { numbers: found, stored: await storedParts(trx, county, found), rules: { calendar, policy } };
  });
  const released = await openParts(stored);
  // what judges applications is in force, also where a first run put it there without a release
  return { offering: released && { ...released, ...rules }, numbers };
}

/** Items of any level, each at the levels it names. */
export function byLevels(items: readonly Item[]): Offering['items'] {
  const at = (level: Level): Item[] => items.filter(({ levels }) => levels.includes(level));
  return { township: at('township'), subdistrict: at('subdistrict'), village: at('village') };
}
