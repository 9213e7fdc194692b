import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import { percentText, type Share } from './share.ts';
import {
  byDepartment,
  byLevel,
  byType,
  ITEM_TYPES,
  lessCompressed,
  LEVELS,
  mergeLevels,
  ownCompression,
  slower,
  slowest,
  timeLimits,
  type TimedItem,
  type TimeLimits,
} from './time-limits.ts';

let serial = 0;
const timed = (statutoryDays: number, promisedDays: number, change: Partial<TimedItem> = {}): TimedItem =>
  item({
    code: `T${String(++serial).padStart(11, '0')}`,
    handling: promisedDays === 0 ? '即办件' : '承诺件',
    statutoryDays,
    promisedDays,
    ...change,
  });

/** As they may be published: a promise is never longer than a known limit. */
const anyItem: fc.Arbitrary<TimedItem> = fc
  .record({
    statutory: fc.integer({ min: 0, max: 120 }),
    promised: fc.integer({ min: 0, max: 120 }),
    type: fc.constantFrom(...ITEM_TYPES),
    department: fc.constantFrom('民政局', '公安局', '税务局'),
    levels: fc.subarray([...LEVELS], { minLength: 1 }),
  })
  .map(({ statutory, promised, ...rest }) =>
    timed(statutory, statutory === 0 ? promised : Math.min(promised, statutory), rest),
  );
const anyList = fc.array(anyItem, { maxLength: 60 });

describe('the worked example (domain.md §2.5): 20→1, 20→0, 10→0.5, 15→1', () => {
  // in half days, because a promise is a whole number
  const example = [timed(40, 2), timed(40, 0), timed(20, 1), timed(30, 2)];

  test('is 96.15 % pooled', () => {
    const { compression } = timeLimits(example);
    expect(compression).toEqual({ part: 125, whole: 130 });
    expect(percentText(compression)).toBe('96.15%');
  });

  test('and not 95.83 %, the mean of the four rates', () => {
    const rates = example.map(ownCompression).map(({ part, whole }) => part / whole);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean.toFixed(4)).toBe('0.9583');
  });
});

test('an item without a known limit counts for 即办率 and not for 压缩率, and is said to be there', () => {
  const known = [timed(20, 10), timed(10, 0)];
  const figures = timeLimits([...known, timed(0, 0), timed(0, 30)]);
  expect(figures).toEqual({
    items: 4,
    instant: { part: 2, whole: 4 },
    withinOneDay: { part: 2, whole: 4 },
    measured: 2,
    statutoryDays: 30,
    promisedDays: 10,
    compression: { part: 20, whole: 30 },
    unmeasured: 2,
    contradictory: 0,
  });
});

test('a list without a single known limit has no 压缩率, and neither has an empty one', () => {
  expect(percentText(timeLimits([timed(0, 5)]).compression)).toBe('–');
  expect(percentText(timeLimits([]).instant)).toBe('–');
});

test('a 承诺件 that promises 0 days is 即办 and told apart', () => {
  const { instant, contradictory } = timeLimits([timed(5, 0, { handling: '承诺件' }), timed(5, 0)]);
  expect({ instant, contradictory }).toEqual({ instant: { part: 2, whole: 2 }, contradictory: 1 });
});

const FIGURES = [
  'items',
  'measured',
  'statutoryDays',
  'promisedDays',
  'unmeasured',
  'contradictory',
] as const;
const SHARES = ['instant', 'withinOneDay', 'compression'] as const;
const added = (groups: readonly { limits: TimeLimits }[]) => ({
  ...Object.fromEntries(
    FIGURES.map((key) => [key, groups.reduce((sum, { limits }) => sum + limits[key], 0)]),
  ),
  ...Object.fromEntries(
    SHARES.map((key) => [
      key,
      groups.reduce<Share>(
        (sum, { limits }) => ({ part: sum.part + limits[key].part, whole: sum.whole + limits[key].whole }),
        { part: 0, whole: 0 },
      ),
    ]),
  ),
});

test('departments add up to the whole list, and so do types', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      const whole = timeLimits(list);
      expect(added(byDepartment(list))).toEqual(whole);
      expect(added(byType(list))).toEqual(whole);
    }),
  );
});

test('a level has the items that are handled there, and no level is empty', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      for (const { key, limits } of byLevel(list)) {
        const own = list.filter(({ levels }) => levels.some((level) => level === key));
        expect(own.length).toBeGreaterThan(0);
        expect(limits).toEqual(timeLimits(own));
      }
    }),
  );
});

test('the pooled rate lies between the rates of the items, does not mind their order, and 即办 is within one day', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      const { compression, instant, withinOneDay } = timeLimits(list);
      expect(timeLimits([...list].reverse())).toEqual(timeLimits(list));
      expect(instant.part).toBeLessThanOrEqual(withinOneDay.part);
      if (compression.whole === 0) return;
      const rates = list.map(ownCompression).flatMap(({ part, whole }) => (whole > 0 ? [part / whole] : []));
      const pooled = compression.part / compression.whole;
      expect(pooled).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-9);
      expect(pooled).toBeLessThanOrEqual(Math.max(...rates) + 1e-9);
    }),
  );
});

test('every promised day weighs the same: one less of any item gives the same rate', () => {
  fc.assert(
    fc.property(anyList, (list) => {
      const late = slowest(list);
      const rates = late.map((one) => {
        const better = list.map((other) =>
          other === one ? { ...one, promisedDays: one.promisedDays - 1 } : other,
        );
        return timeLimits(better).compression.part;
      });
      expect(new Set(rates).size).toBeLessThanOrEqual(1);
    }),
  );
});

test('the slowest come first; of equal promises the one that gave up least', () => {
  const [a, b, c] = [timed(40, 20), timed(20, 20), timed(60, 25)];
  const list = [a, timed(10, 0), b, timed(0, 90), c];
  expect(slowest(list)).toEqual([c, b, a]);
  expect([...list].sort(lessCompressed).slice(0, 3)).toEqual([b, a, c]);
  expect([...list].sort(slower)[0]?.promisedDays).toBe(90);
});

describe('the lists of several levels as one', () => {
  test('have each item once, at the levels that have it', () => {
    const [both, one] = [timed(20, 5), timed(10, 0)];
    const { items, differing } = mergeLevels([
      { level: 'township', items: [both, one] },
      { level: 'village', items: [both] },
    ]);
    expect(items).toEqual([
      { ...both, levels: ['township', 'village'] },
      { ...one, levels: ['township'] },
    ]);
    expect(differing).toEqual([]);
  });

  test('where two promise differently the longer one counts, whichever comes first, and it is told', () => {
    const [now, before] = [timed(20, 5, { code: 'SAME00000001' }), timed(20, 10, { code: 'SAME00000001' })];
    for (const [first, second] of [
      [now, before],
      [before, now],
    ] as const) {
      const { items, differing } = mergeLevels([
        { level: 'township', items: [first] },
        { level: 'village', items: [second] },
      ]);
      expect(items.map(({ promisedDays }) => promisedDays)).toEqual([10]);
      expect(differing).toEqual(['SAME00000001']);
    }
  });
});
