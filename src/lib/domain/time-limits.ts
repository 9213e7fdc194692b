/**
 * Statutory and promised time (法定、承诺) of a list of items in figures: 即办率, share within one working day, 压缩率. Pure.
 * 压缩率 is pooled, (Σ法定 − Σ承诺) ÷ Σ法定 over the items whose statutory limit is known, and not the mean of the items' own
 * rates, which differs (domain.md §2.5). Every figure carries what it was worked out from, so that a page prints it.
 * Invariant: an item without a known statutory limit never counts in the 压缩率, and is counted as such.
 */
import type { Item, ItemType, Level } from './item.ts';
import type { Share } from './share.ts';

/** What the figures need of an item. Days are working days; 0 statutory days: no known limit. */
export type TimedItem = Pick<
  Item,
  'code' | 'name' | 'type' | 'department' | 'levels' | 'handling' | 'statutoryDays' | 'promisedDays'
>;

/** 依申请 types in the order in which they are listed (GB/T 39554.1, appendix A.1). */
export const ITEM_TYPES: readonly ItemType[] = [
  '行政许可',
  '行政确认',
  '行政裁决',
  '行政给付',
  '行政奖励',
  '行政检查',
  '其他行政权力',
  '公共服务',
];

export const LEVELS: readonly Level[] = ['township', 'subdistrict', 'village'];

export interface TimeLimits {
  items: number;
  /** 即办: promised on the spot (0 days), of all items. */
  instant: Share;
  /** Promised within one working day, the 即办 among them, of all items. */
  withinOneDay: Share;
  /** Items with a known statutory limit: those of the 压缩率. */
  measured: number;
  /** Sums over the measured items, in working days. */
  statutoryDays: number;
  promisedDays: number;
  /** 压缩率: days that were taken off, of the statutory days. */
  compression: Share;
  /** Items without a known statutory limit. */
  unmeasured: number;
  /** Items that call themselves 承诺件 and promise 0 days: counted as 即办, and worth a look. */
  contradictory: number;
}

export function timeLimits(items: readonly TimedItem[]): TimeLimits {
  const whole = items.length;
  const measured = items.filter(isMeasured);
  const statutoryDays = sum(measured, ({ statutoryDays: days }) => days);
  const promisedDays = sum(measured, ({ promisedDays: days }) => days);
  const within = (days: number): Share => ({
    part: items.filter((item) => item.promisedDays <= days).length,
    whole,
  });
  return {
    items: whole,
    instant: within(0),
    withinOneDay: within(1),
    measured: measured.length,
    statutoryDays,
    promisedDays,
    compression: { part: statutoryDays - promisedDays, whole: statutoryDays },
    unmeasured: whole - measured.length,
    contradictory: items.filter(isContradictory).length,
  };
}

export const isMeasured = ({ statutoryDays }: TimedItem): boolean => statutoryDays > 0;

export const isContradictory = ({ handling, promisedDays }: TimedItem): boolean =>
  handling === '承诺件' && promisedDays === 0;

/** The item's own rate; nothing to divide where its limit is not known. */
export const ownCompression = ({ statutoryDays, promisedDays }: TimedItem): Share =>
  statutoryDays > 0 ? { part: statutoryDays - promisedDays, whole: statutoryDays } : { part: 0, whole: 0 };

export interface LimitGroup {
  key: string;
  limits: TimeLimits;
}

/** One group each; the largest first. Every item is in exactly one. */
export function byDepartment(items: readonly TimedItem[]): LimitGroup[] {
  return grouped(
    items,
    [...new Set(items.map(({ department }) => department))],
    (item, key) => item.department === key,
  ).sort((a, b) => b.limits.items - a.limits.items || (a.key < b.key ? -1 : 1));
}

/** Types that occur, in their own order. Every item is in exactly one. */
export const byType = (items: readonly TimedItem[]): LimitGroup[] =>
  grouped(items, ITEM_TYPES, ({ type }, key) => type === key);

/** Levels that occur. An item that is handled at several levels is in each of them: they do not add up to the whole. */
export const byLevel = (items: readonly TimedItem[]): LimitGroup[] =>
  grouped(items, LEVELS, ({ levels }, key) => levels.includes(key as Level));

function grouped(
  items: readonly TimedItem[],
  keys: readonly string[],
  belongs: (item: TimedItem, key: string) => boolean,
): LimitGroup[] {
  return keys
    .map((key) => ({ key, limits: timeLimits(items.filter((item) => belongs(item, key))) }))
    .filter(({ limits }) => limits.items > 0);
}

/**
 * One list of the lists of several levels: each item once, at all the levels that have it. Where the levels promise
 * differently the longest promise counts, so that the whole never looks better than its parts; `differing` are these.
 */
export function mergeLevels(lists: readonly { level: Level; items: readonly TimedItem[] }[]): {
  items: TimedItem[];
  differing: string[];
} {
  const merged = new Map<string, TimedItem>();
  const differing = new Set<string>();
  for (const { level, items } of lists) {
    for (const item of items) {
      const before = merged.get(item.code);
      if (!before) {
        merged.set(item.code, { ...item, levels: [level] });
        continue;
      }
      const same = before.promisedDays === item.promisedDays && before.statutoryDays === item.statutoryDays;
      if (!same) differing.add(item.code);
      const kept = slower(before, item) <= 0 ? before : item;
      merged.set(item.code, { ...kept, levels: [...before.levels, level] });
    }
  }
  return { items: [...merged.values()], differing: [...differing] };
}

/**
 * For `sort`: the longest promise first, and of equal ones the one that gave up least of its statutory limit. In a pooled
 * rate every promised day weighs the same (1 ÷ Σ法定), so the longest promise is where most is to be gained.
 */
export const slower = (a: TimedItem, b: TimedItem): number =>
  b.promisedDays - a.promisedDays || a.statutoryDays - b.statutoryDays || byCode(a, b);

/** For `sort`: the one that gave up least of its statutory limit first; those without a known limit come last. */
export const lessCompressed = (a: TimedItem, b: TimedItem): number =>
  Number(isMeasured(b)) - Number(isMeasured(a)) ||
  b.promisedDays * a.statutoryDays - a.promisedDays * b.statutoryDays ||
  slower(a, b);

const byCode = (a: TimedItem, b: TimedItem): number => (a.code < b.code ? -1 : Number(a.code > b.code));

/** The measured items that promise anything, slowest first: without them the 压缩率 would be 100 %. */
export const slowest = (items: readonly TimedItem[]): TimedItem[] =>
  items.filter((item) => isMeasured(item) && item.promisedDays > 0).sort(slower);

const sum = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((total, one) => total + of(one), 0);
