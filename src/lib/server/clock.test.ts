import { expect, test } from 'vitest';
import { officeClock } from './clock.ts';

test('the office’s clock is the machine’s', () => {
  const before = new Date().toISOString();
  const now = officeClock({}).now();
  expect(now >= before && now <= new Date().toISOString()).toBe(true);
});

test('a test’s clock starts where it is told and runs on', () => {
  const clock = officeClock({ JINBAN_NOW: '2026-09-23T01:00:00.000Z', JINBAN_TEST: '1' });
  const first = clock.now();
  expect(first.slice(0, 16)).toBe('2026-09-23T01:00');
  expect(clock.now() >= first).toBe(true);
});

test('a wrong clock cannot slip into production', () => {
  expect(() => officeClock({ JINBAN_NOW: '2026-09-23T01:00:00.000Z' })).toThrow('JINBAN_TEST=1');
  expect(() => officeClock({ JINBAN_NOW: 'tomorrow', JINBAN_TEST: '1' })).toThrow('instant');
});
