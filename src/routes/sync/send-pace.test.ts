import { expect, test } from 'vitest';
import { paceText, SendPace } from './send-pace.ts';

const KB = 1024;
/** 10 KB a second, told each second. */
function steady(pace: SendPace, from: number, seconds: number, left: number): number {
  for (let s = 0; s <= seconds; s++) pace.note((from + s) * 1000, left - s * 10 * KB);
  return left - seconds * 10 * KB;
}

test('a steady line is foreseen', () => {
  const pace = new SendPace();
  const left = steady(pace, 0, 20, 2000 * KB);
  expect(pace.secondsLeft(20_000)).toBeCloseTo(left / (10 * KB));
  expect(paceText(pace.secondsLeft(20_000))).toBe('还要约 3 分钟');
});

test('nothing is said before there is something to go by, nor after the line fell silent', () => {
  const pace = new SendPace();
  expect(pace.secondsLeft(0)).toBe(null);
  steady(pace, 0, 2, 2000 * KB);
  expect(pace.secondsLeft(2000)).toBe(null);
  steady(pace, 3, 10, 1980 * KB);
  expect(pace.secondsLeft(13_000)).not.toBe(null);
  expect(pace.secondsLeft(44_000)).toBe(null);
});

test('a photo that is added does not make the line look backwards', () => {
  const pace = new SendPace();
  const left = steady(pace, 0, 10, 500 * KB);
  pace.note(11_000, left + 1000 * KB);
  expect(pace.secondsLeft(11_000)).toBe(null);
  steady(pace, 12, 5, left + 1000 * KB);
  expect(pace.secondsLeft(17_000)).toBeGreaterThan(0);
});

test('old speed is forgotten after a minute', () => {
  const pace = new SendPace();
  steady(pace, 0, 10, 10_000 * KB);
  for (let s = 0; s <= 60; s++) pace.note(80_000 + s * 1000, (9000 - s) * KB);
  expect(pace.secondsLeft(140_000)).toBeCloseTo(8940, 0);
});

test('all gone is no time at all', () => {
  const pace = new SendPace();
  pace.note(0, 100);
  pace.note(5000, 0);
  expect(pace.secondsLeft(5000)).toBe(null);
});

test.each([
  [null, ''],
  [5, '还要不到 1 分钟'],
  [80, '还要约 1 分钟'],
  [3600, '还要约 60 分钟'],
  [7200, '还要约 2 小时'],
  [200_000, '照这样还要一天以上'],
])('%s seconds: %s', (seconds, words) => {
  expect(paceText(seconds)).toBe(words);
});
