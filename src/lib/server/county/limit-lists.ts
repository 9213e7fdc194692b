/**
 * The list that a county's figures are about: its own newest releases, or the synthetic list of a city, which only a demo
 * database offers.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import type { LimitView } from '#lib/domain/time-limit-view.ts';
import { LEVELS, mergeLevels, type TimedItem } from '#lib/domain/time-limits.ts';
import type { Store } from '../db/store.ts';
import { CITY_LIST_ITEMS, cityList } from '../seed/city-list.ts';
import { seededVersion } from '../seed/seeded-version.ts';
import { newestLimits } from './time-limits.ts';

export interface LimitLists {
  is: LimitView['list'];
  /** Items of the synthetic list where it may be looked at, which is in a demo database; else null. */
  exampleItems: number | null;
  /** Every item once. */
  items: readonly TimedItem[];
  /** Codes of items that the levels promise differently. */
  differing: readonly string[];
  /** The levels that have items, each with its own version of them. */
  levels: readonly {
    level: Level;
    items: readonly TimedItem[];
    /** null: never published. */
    release: { number: number; publishedAt: Instant } | null;
  }[];
}

/** The year whose reported counts it has. */
const EXAMPLE_SEED = 2022;
let example: readonly TimedItem[] | undefined;

export async function limitLists(
  store: Store,
  { county, list }: { county: string; list: LimitView['list'] },
): Promise<LimitLists> {
  const exampleItems = (await store.read(seededVersion)) === null ? null : CITY_LIST_ITEMS;
  if (list === 'example' && exampleItems !== null) {
    const items = (example ??= cityList(EXAMPLE_SEED));
    const levels = LEVELS.map((level) => ({
      level,
      items: items.filter((item) => item.levels.includes(level)),
      release: null,
    }));
    return { is: 'example', exampleItems, items, differing: [], levels };
  }
  const releases = await newestLimits(store, county);
  const levels = releases.map(({ level, items, number, publishedAt }) => ({
    level,
    items,
    release: { number, publishedAt },
  }));
  return { is: 'county', exampleItems, ...mergeLevels(releases), levels };
}

/** Of one level its own versions, else every item once. */
export const itemsAt = ({ items, levels }: LimitLists, level: Level | ''): readonly TimedItem[] =>
  level === '' ? items : (levels.find((one) => one.level === level)?.items ?? []);
