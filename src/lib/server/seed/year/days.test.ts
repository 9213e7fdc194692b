import { expect, test } from 'vitest';
import { chineseDay } from '#lib/domain/day.ts';
import { readDemoCalendar } from '../read-data.ts';
import { callAt, foundedBefore, isMarketDay, lunarDates, MOMENTS, workingDays } from './days.ts';

test('nobody works on a holiday, and Saturdays that are worked count', () => {
  const days = workingDays(readDemoCalendar(), '2026-09-18', '2026-10-10');
  expect(days).toEqual([
    ...['2026-09-18', '2026-09-20', '2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24'],
    ...['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10'],
  ]);
});

test('beyond the calendar Mondays to Fridays count', () => {
  const days = workingDays(readDemoCalendar(), '2029-07-05', '2029-07-10');
  expect(days).toEqual(['2029-07-05', '2029-07-06', '2029-07-09', '2029-07-10']);
});

test('stations call before their township at each moment, and every moment before the next', () => {
  const days = ['2026-09-22', '2026-09-23'];
  const calls = Array.from({ length: days.length * MOMENTS }, (_, moment) => [
    callAt(days, moment, 'station', 0),
    callAt(days, moment, 'station', 0.999),
    callAt(days, moment, 'counter', 0),
    callAt(days, moment, 'counter', 0.999),
  ]).flat();
  expect(calls).toEqual([...calls].sort());
  expect(new Set(calls).size).toBe(calls.length);
  expect([...new Set(calls.map(chineseDay))]).toEqual(days);
});

test('markets follow the lunar calendar: spring festival is the first, mid-autumn the fifteenth', () => {
  expect(lunarDates(['2026-02-17', '2026-09-25'])).toEqual([1, 15]);
  expect([3, 8, 13, 18, 23, 28].every((date) => isMarketDay(date, 3))).toBe(true);
});

test('a city is founded before its first day of work', () => {
  expect(chineseDay(foundedBefore('2026-09-23T01:00:00.000Z'))).toBe('2025-09-16');
});
