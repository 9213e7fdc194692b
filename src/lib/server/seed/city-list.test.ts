import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkItems } from '#lib/catalogue/item-check.ts';
import { percentCut, percentText } from '#lib/domain/share.ts';
import { byType, timeLimits } from '#lib/domain/time-limits.ts';
import { cityList } from './city-list.ts';

const list = cityList(2022);

test('2,185 items, each fit to be published and marked as an example', () => {
  expect(list).toHaveLength(2185);
  expect(checkItems(list)).toEqual([]);
  expect(list.filter(({ name }) => !name.startsWith('【示例】'))).toEqual([]);
  expect(list.filter(({ code }) => !/^SHILI\d{7}$/.test(code))).toEqual([]);
});

test('the types are as many as reported', () => {
  expect(Object.fromEntries(byType(list).map(({ key, limits }) => [key, limits.items]))).toEqual({
    行政许可: 1179,
    行政确认: 263,
    行政裁决: 4,
    行政给付: 11,
    行政奖励: 44,
    行政检查: 2,
    其他行政权力: 316,
    公共服务: 366,
  });
});

test('the figures are those reported: 76.5 %, 94.0 % (93.9 where it is cut), 95.05 %', () => {
  const { instant, withinOneDay, compression } = timeLimits(list);
  expect(instant).toEqual({ part: 1672, whole: 2185 });
  expect(percentText(instant, 1)).toBe('76.5%');
  expect(withinOneDay).toEqual({ part: 2053, whole: 2185 });
  expect(percentText(withinOneDay, 1)).toBe('94.0%');
  expect(percentCut(withinOneDay, 1)).toBe('93.9%');
  expect(percentText(compression, 2)).toBe('95.05%');
});

test('some items have no known limit, as in any list, and do not count in the 压缩率', () => {
  const { unmeasured, measured, contradictory } = timeLimits(list);
  expect(unmeasured).toBeGreaterThan(100);
  expect(measured + unmeasured).toBe(2185);
  expect(contradictory).toBe(0);
});

test('the same seed gives the same list; any seed gives the same counts', () => {
  expect(cityList(2022)).toEqual(list);
  expect(cityList(7)).not.toEqual(list);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (seed) => {
      const { items, instant, withinOneDay, compression } = timeLimits(cityList(seed));
      expect([items, instant.part, withinOneDay.part]).toEqual([2185, 1672, 2053]);
      expect(percentText(compression, 2)).toBe('95.05%');
    }),
    { numRuns: 20 },
  );
});
