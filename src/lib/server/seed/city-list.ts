/**
 * A synthetic list of a city's items (模拟清单) with the counts that a report of 2022 gave for Anyang: 2,185 items of eight
 * types, 1,672 on the spot, 2,053 within one working day, 压缩率 95.05 %. The items themselves are made up: names begin with
 * 【示例】, and neither limits nor departments are the city's. For tests, benchmarks and the demo's figures; never published.
 * Invariant: every seed gives the same counts and sums to the last day; a seed only changes which item is which.
 */
import { implementationCode } from '#lib/catalogue/implementation-code.ts';
import type { Item, ItemType, Level } from '#lib/domain/item.ts';
import { chance, type Chance } from './chance.ts';
import { DEPARTMENTS, MATERIALS, WORDS } from './city-list-words.ts';
import { syntheticCreditCode } from './task-codes.ts';

/** Items by type, as reported. */
const CITY_LIST_TYPES: Readonly<Record<ItemType, number>> = {
  行政许可: 1179,
  行政确认: 263,
  行政裁决: 4,
  行政给付: 11,
  行政奖励: 44,
  行政检查: 2,
  其他行政权力: 316,
  公共服务: 366,
};
export const CITY_LIST_ITEMS = sum(Object.values(CITY_LIST_TYPES));
const INSTANT = 1672;
const WITHIN_ONE_DAY = 2053;
/** Of 10,000 statutory days, those that are still promised: 1 − 95.05 %. */
const STILL_PROMISED = 495;

/** Statutory limits in working days and how often; 0: the law sets none. */
const STATUTORY: Readonly<Record<ItemType, readonly (readonly [number, number])[]>> = {
  行政许可: [
    [5, 1],
    [10, 2],
    [15, 2],
    [20, 8],
    [30, 2],
    [45, 1],
  ],
  行政确认: [
    [10, 2],
    [15, 2],
    [20, 4],
    [30, 2],
    [60, 1],
  ],
  行政裁决: [
    [60, 1],
    [90, 1],
  ],
  行政给付: [
    [10, 1],
    [20, 2],
    [30, 1],
  ],
  行政奖励: [
    [0, 2],
    [30, 1],
  ],
  行政检查: [[20, 1]],
  其他行政权力: [
    [0, 1],
    [10, 2],
    [20, 3],
    [30, 1],
  ],
  公共服务: [
    [0, 3],
    [5, 1],
    [10, 1],
    [20, 1],
  ],
};
/** Shorter ones could not hold what is promised beyond one day. */
const SHORTEST_SLOW = 30;

interface Limits {
  type: ItemType;
  statutoryDays: number;
  promisedDays: number;
}

/** The 2,185 items, fit to be published (item-check.ts). */
export function cityList(seed: number): Item[] {
  const luck = chance(seed);
  const limits = dealLimits(luck);
  return limits.map((one, index) => makeItem(one, index + 1, luck.apart()));
}

/** Who takes how long: drawn, then evened out until the sums are met exactly. */
function dealLimits(luck: Chance): Limits[] {
  const types = Object.entries(CITY_LIST_TYPES) as [ItemType, number][];
  const all = types.flatMap(([type, count]) =>
    Array.from({ length: count }, () => ({
      type,
      statutoryDays: luck.weighted(STATUTORY[type]),
      promisedDays: 0,
    })),
  );
  const slowCount = all.length - WITHIN_ONE_DAY;
  const order = luck.shuffle(all);
  const slow = order.filter(({ statutoryDays }) => statutoryDays >= SHORTEST_SLOW).slice(0, slowCount);
  const isSlow = new Set(slow);
  const oneDay = order.filter((one) => !isSlow.has(one)).slice(0, WITHIN_ONE_DAY - INSTANT);
  for (const one of oneDay) one.promisedDays = 1;
  for (const one of slow) one.promisedDays = 2;

  const statutory = sum(all.map(({ statutoryDays }) => statutoryDays));
  const counted = all.filter(({ statutoryDays }) => statutoryDays > 0);
  let left = Math.round((statutory * STILL_PROMISED) / 10_000) - sum(counted.map((one) => one.promisedDays));
  const open = [...slow];
  while (left > 0) {
    const one = luck.pick(open);
    const more = Math.min(left, luck.whole(1, 6), one.statutoryDays - one.promisedDays);
    one.promisedDays += more;
    left -= more;
    if (one.promisedDays === one.statutoryDays) open.splice(open.indexOf(one), 1);
  }
  return all;
}

function makeItem({ type, statutoryDays, promisedDays }: Limits, serial: number, luck: Chance): Item {
  const at = luck.whole(0, DEPARTMENTS.length - 1);
  const { name: department, objects } = DEPARTMENTS[at]!;
  const number = String(serial).padStart(4, '0');
  const code = `SHILI${String(serial).padStart(7, '0')}`;
  const levels = luck.pick<readonly Level[]>(OFFERED);
  const name = `【示例】${luck.pick(objects)}${luck.pick(WORDS[type])}（模拟 ${number}）`;
  const acts = levels.every((level) => level === 'village') ? 'village' : 'township';
  return {
    code,
    taskCode: implementationCode(syntheticCreditCode('410500', at + 1), acts, code),
    name,
    type,
    department,
    levels: [...levels],
    audience: [luck.pick(['自然人', '企业法人', '其他组织'])],
    topics: ['模拟'],
    handling: promisedDays === 0 ? '即办件' : '承诺件',
    statutoryDays,
    promisedDays,
    fee: '不收费',
    legalBasis: ['模拟数据，没有设定依据'],
    conditions: '这是模拟的事项，只用来看统计和测速度，不能据此办理。',
    materials: luck
      .shuffle(MATERIALS)
      .slice(0, luck.whole(1, MATERIALS.length))
      .map((material, index) => ({ ...material, code: `M${String(index + 1).padStart(4, '0')}` })),
    form: [
      { key: 'subject', label: '申请事由', type: 'textarea', required: true, maxLength: 500 },
      { key: 'since', label: '从哪一天起', type: 'date', required: luck.happens(0.5) },
    ],
    result: '模拟的结果文书',
    resultType: type === '行政许可' ? 'licence' : 'document',
    resultDelivery: ['窗口领取'],
    visits: luck.happens(0.7) ? 0 : 1,
    keywords: [],
    proxyAllowed: true,
  };
}

const OFFERED: readonly (readonly Level[])[] = [
  ['township'],
  ['township', 'subdistrict'],
  ['township', 'subdistrict', 'village'],
  ['subdistrict'],
  ['village'],
];

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
