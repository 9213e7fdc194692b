/** 工作日尺: the calendar says which days work, and no day is shown that it does not know. */
import { expect, test } from 'vitest';
import { calendar } from '../../../tests/support/builders.ts';
import { pastDue, RULER_DAYS, rulerDays } from './ruler-days.ts';

const hrefOf = (day: string): string => `?day=${day}`;
const rows = [
  { due: '2026-09-23' },
  { due: '2026-09-24' },
  { due: '2026-09-24' },
  { due: null },
  { due: '2026-09-01' },
];

test('seven working days from today, with the days of rest between them', () => {
  const days = rulerDays(rows, calendar, '2026-09-23', hrefOf);
  expect(days.filter((day) => day.work)).toHaveLength(RULER_DAYS);
  // 中秋 25–27 and 国庆 1–7 do not work
  expect(days.filter((day) => !day.work).map((day) => day.date.slice(5))).toEqual([
    '09-25',
    '09-26',
    '09-27',
    '10-01',
    '10-02',
    '10-03',
    '10-04',
    '10-05',
    '10-06',
    '10-07',
  ]);
  expect(days.at(-1)?.date).toBe('2026-10-09');
});

test('counts what falls due and leads to it only where there is something', () => {
  const [today, tomorrow, , , , monday] = rulerDays(rows, calendar, '2026-09-23', hrefOf);
  expect(today).toMatchObject({ date: '2026-09-23', count: 1, lamp: 'red', href: '?day=2026-09-23' });
  expect(tomorrow).toMatchObject({ count: 2, lamp: 'yellow' });
  expect(monday).toMatchObject({ date: '2026-09-28', count: 0 });
  expect(monday).not.toHaveProperty('href');
});

test('a Sunday that works is a day of work', () => {
  const days = rulerDays([], calendar, '2026-09-18', hrefOf);
  expect(days.find((day) => day.date === '2026-09-20')?.work).toBe(true);
  expect(days.find((day) => day.date === '2026-09-19')?.work).toBe(false);
});

test('ends where the calendar ends, and never with days of rest', () => {
  const last = rulerDays([], { ...calendar, validThrough: '2026-09-27' }, '2026-09-23', hrefOf);
  expect(last.map((day) => day.date)).toEqual(['2026-09-23', '2026-09-24']);
  expect(rulerDays([], { ...calendar, validThrough: '2026-09-01' }, '2026-09-23', hrefOf)).toEqual([]);
});

test('what has passed its day is counted apart', () => {
  expect(pastDue(rows, '2026-09-24')).toBe(2);
});
