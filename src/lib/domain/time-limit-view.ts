/**
 * Which part of a list of items one looks at, and in which order: read from an address and written into one, so that a
 * figure, its drill-down and its file are always about the same items. Pure. What an address has wrong is left out.
 */
import type { ItemType, Level } from './item.ts';
import { isMeasured, ITEM_TYPES, lessCompressed, LEVELS, slower, type TimedItem } from './time-limits.ts';

export const LIMIT_GROUPINGS = ['department', 'level', 'type'] as const;
export type LimitGrouping = (typeof LIMIT_GROUPINGS)[number];

const SPEEDS = ['instant', 'oneDay', 'slower'] as const;
const KNOWLEDGE = ['yes', 'no'] as const;
const ORDERS = ['slowest', 'leastCompressed'] as const;

export interface LimitView {
  /** The county's own releases, or the synthetic list of a city. */
  list: 'county' | 'example';
  by: LimitGrouping;
  /** Whose releases the trend shows. */
  trend: Level | '';
  level: Level | '';
  department: string;
  type: ItemType | '';
  /** On the spot; within one working day, the instant ones among them; longer. */
  speed: (typeof SPEEDS)[number] | '';
  /** Whether the statutory limit is known. */
  known: (typeof KNOWLEDGE)[number] | '';
  order: (typeof ORDERS)[number];
  /** From 1. */
  page: number;
}

const WHOLE: LimitView = {
  list: 'county',
  by: 'department',
  trend: '',
  level: '',
  department: '',
  type: '',
  speed: '',
  known: '',
  order: 'slowest',
  page: 1,
};
const LONGEST_NAME = 60;

export function readLimitView(params: URLSearchParams): LimitView {
  const oneOf = <T extends string, D extends string>(
    key: string,
    allowed: readonly T[],
    otherwise: D,
  ): T | D => allowed.find((value) => value === params.get(key)) ?? otherwise;
  const page = Number(params.get('page'));
  return {
    list: oneOf('list', ['county', 'example'], WHOLE.list),
    by: oneOf('by', LIMIT_GROUPINGS, WHOLE.by),
    trend: oneOf('trend', LEVELS, ''),
    level: oneOf('level', LEVELS, ''),
    department: (params.get('department') ?? '').slice(0, LONGEST_NAME),
    type: oneOf('type', ITEM_TYPES, ''),
    speed: oneOf('speed', SPEEDS, ''),
    known: oneOf('known', KNOWLEDGE, ''),
    order: oneOf('order', ORDERS, WHOLE.order),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** `?…` of a view with some of it changed; empty for the whole list of the county. */
export function limitQuery(view: LimitView, change: Partial<LimitView> = {}): string {
  const wanted = { ...view, ...change };
  const params = new URLSearchParams();
  for (const key of Object.keys(WHOLE) as (keyof LimitView)[]) {
    if (wanted[key] !== WHOLE[key]) params.set(key, String(wanted[key]));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The same look at all items: nothing filtered, first page. */
export const unfiltered = ({ list, by, trend }: LimitView): LimitView => ({ ...WHOLE, list, by, trend });

/** The items of the view in its order; its level and its list are for the caller to choose. */
export function itemsInView(items: readonly TimedItem[], view: LimitView): TimedItem[] {
  const fits = (item: TimedItem): boolean =>
    (view.department === '' || item.department === view.department) &&
    (view.type === '' || item.type === view.type) &&
    (view.known === '' || isMeasured(item) === (view.known === 'yes')) &&
    hasSpeed(item, view.speed);
  return items.filter(fits).sort(view.order === 'slowest' ? slower : lessCompressed);
}

function hasSpeed({ promisedDays }: TimedItem, speed: LimitView['speed']): boolean {
  switch (speed) {
    case '':
      return true;
    case 'instant':
      return promisedDays === 0;
    case 'oneDay':
      return promisedDays <= 1;
    case 'slower':
      return promisedDays > 1;
  }
}
