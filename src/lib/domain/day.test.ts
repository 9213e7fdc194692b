import { describe, expect, it, test } from 'vitest';
import {
  addDays,
  addMonths,
  chineseDay,
  compareDays,
  daysBetween,
  formatDay,
  formatInstant,
  formatMonthDay,
  formatTime,
  formatWeekday,
  isDay,
  isInstant,
  startOfDay,
  weekday,
} from './day.ts';

describe('a day is a Chinese day whatever the machine’s time zone', () => {
  test.each([
    ['2026-09-23T15:59:59.999Z', '2026-09-23'],
    ['2026-09-23T16:00:00.000Z', '2026-09-24'],
    ['2026-12-31T16:00:00Z', '2027-01-01'],
    ['2024-02-28T20:00Z', '2024-02-29'],
  ])('%s is %s in China', (instant, day) => {
    expect(chineseDay(instant)).toBe(day);
  });

  it('starts at 16:00 UTC of the day before', () => {
    expect(startOfDay('2026-09-24')).toBe('2026-09-23T16:00:00.000Z');
    expect(chineseDay(startOfDay('2026-09-24'))).toBe('2026-09-24');
  });

  test.each([
    '2026-09-23T15:59:59',
    '2026-09-23',
    '2026-09-23T15:59:59+08:00',
    'yesterday',
    '2026-13-01T00:00:00Z',
  ])('an instant that depends on the machine or does not exist throws: %s', (text) => {
    expect(() => chineseDay(text)).toThrow(RangeError);
    expect(isInstant(text)).toBe(false);
  });
});

describe('only dates that exist are days', () => {
  test.each(['2024-02-29', '1990-12-31', '2026-10-10'])('%s exists', (day) => expect(isDay(day)).toBe(true));
  test.each([
    '1990-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '',
    '2026-04-31',
    20260101,
    null,
  ])('%s does not', (day) => expect(isDay(day)).toBe(false));
  it('arithmetic on a date that does not exist throws', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });
});

test.each([
  ['2026-02-28', 1, '2026-03-01'],
  ['2024-02-28', 1, '2024-02-29'],
  ['2026-01-01', -1, '2025-12-31'],
  ['2026-03-08', 365, '2027-03-08'],
])('%s and %i days is %s, with no summer time in between', (day, n, result) => {
  expect(addDays(day, n)).toBe(result);
  expect(daysBetween(day, result)).toBe(n);
});

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
  ['2026-09-23', 12, '2027-09-23'],
  ['2026-01-15', -1, '2025-12-15'],
])(
  '%s and %i months is %s: a month without that date ends the term on its last day (民法典 §202)',
  (day, n, result) => {
    expect(addMonths(day, n)).toBe(result);
  },
);

it('people read dates and times of China', () => {
  expect(formatDay('2026-09-23')).toBe('2026 年 9 月 23 日');
  expect(formatMonthDay('2026-09-03')).toBe('9 月 3 日');
  expect(formatTime('2026-09-23T06:02:00Z')).toBe('14:02');
  expect(formatInstant('2026-09-23T18:30:00Z')).toBe('2026 年 9 月 24 日 02:30');
  expect(weekday('2026-09-20')).toBe(0);
  expect(formatWeekday('2026-09-23')).toBe('星期三');
});

it('days sort by time', () => {
  expect(['2026-10-01', '2025-12-31', '2026-09-30'].sort(compareDays)).toEqual([
    '2025-12-31',
    '2026-09-30',
    '2026-10-01',
  ]);
});
