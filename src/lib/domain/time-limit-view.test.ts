import fc from 'fast-check';
import { expect, test } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import { itemsInView, limitQuery, readLimitView, unfiltered } from './time-limit-view.ts';
import type { TimedItem } from './time-limits.ts';

const read = (query: string) => readLimitView(new URLSearchParams(query));

test('an address says the whole list of the county when it says nothing', () => {
  expect(limitQuery(read(''))).toBe('');
});

test('what an address says comes back as it was, and what it has wrong is left out', () => {
  const query =
    '?list=example&by=type&trend=village&level=township&department=%E6%B0%91%E6%94%BF%E5%B1%80&type=%E8%A1%8C%E6%94%BF%E8%AE%B8%E5%8F%AF&speed=oneDay&known=no&order=leastCompressed&page=3';
  expect(limitQuery(read(query))).toBe(query);
  expect(limitQuery(read('?list=all&by=x&level=city&type=__proto__&speed=-1&page=-2&page=1e99'))).toBe('');
  fc.assert(
    fc.property(fc.webQueryParameters(), (any) => {
      const view = read(any);
      expect(read(limitQuery(view))).toEqual(view);
    }),
  );
});

const items: TimedItem[] = [
  item({ code: 'A00000000001', promisedDays: 0, statutoryDays: 20, handling: '即办件' }),
  item({ code: 'A00000000002', promisedDays: 1, statutoryDays: 5 }),
  item({ code: 'A00000000003', promisedDays: 20, statutoryDays: 60, type: '行政许可' }),
  item({ code: 'A00000000004', promisedDays: 30, statutoryDays: 0, department: '公安局' }),
];
const shown = (query: string) => itemsInView(items, read(query)).map(({ code }) => Number(code.slice(1)));

test.each([
  ['', [4, 3, 2, 1]],
  ['?order=leastCompressed', [3, 2, 1, 4]],
  ['?speed=instant', [1]],
  ['?speed=oneDay', [2, 1]],
  ['?speed=slower', [4, 3]],
  ['?known=no', [4]],
  ['?known=yes&speed=slower', [3]],
  ['?type=行政许可', [3]],
  ['?department=公安局', [4]],
  ['?department=没有这个局', []],
])('%s shows %j, in that order', (query, numbers) => {
  expect(shown(query)).toEqual(numbers);
});

test('all items again keeps the list and how it is grouped', () => {
  expect(limitQuery(unfiltered(read('?list=example&by=type&department=公安局&page=4')))).toBe(
    '?list=example&by=type',
  );
});
