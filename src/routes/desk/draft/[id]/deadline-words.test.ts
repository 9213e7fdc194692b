import { expect, test } from 'vitest';
import { calendar, item } from '../../../../../tests/support/builders.ts';
import { deadlineWords } from './deadline-words.ts';

test('the day is counted in working days over Mid-Autumn and the National Day', () => {
  expect(deadlineWords(item(), calendar, '2026-09-23').text).toBe(
    '乡镇收到后 5 个工作日内告知是否受理，受理后 10 个工作日办好。今天送到、当天受理，最迟 10 月 14 日办好（周末和放假不算）。',
  );
});

test('beyond the calendar, or before the first one, no date is guessed', () => {
  const beyond = deadlineWords(item(), calendar, calendar.validThrough);
  expect(beyond.calendarEnds).toBe(true);
  expect(beyond.text).not.toMatch(/月/);
  expect(deadlineWords(item(), null, '2026-09-23')).toEqual(beyond);
});

test('what the village settles alone does not speak of the township', () => {
  expect(deadlineWords(item({ levels: ['village'], promisedDays: 1 }), calendar, '2026-09-23').text).toBe(
    '村里收到后 1 个工作日办好。今天收件，最迟 9 月 24 日办好（周末和放假不算）。',
  );
});

test('an item that is settled on the spot has no day to wait for', () => {
  expect(deadlineWords(item({ handling: '即办件', promisedDays: 0 }), null, '2026-09-23')).toEqual({
    text: '即办件，材料齐了当场办好。',
    calendarEnds: false,
  });
});
