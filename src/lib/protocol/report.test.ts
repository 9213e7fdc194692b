import { expect, test } from 'vitest';
import { roughly, saysMore } from './report.ts';

test.each([
  [0, 0],
  [-3, 0],
  [7.9, 7],
  [99, 99],
  [4517, 4500],
  [120_999, 120_000],
])('%d MB are told as %d', (megabytes, told) => {
  expect(roughly(megabytes)).toBe(told);
});

test('a report is told again for what waits or how much room there is, not because time has passed', () => {
  const report = { waiting: 1, age: 10, photos: 0, room: 900 };
  expect(saysMore({ ...report, age: 700 }, report)).toBe(false);
  expect(saysMore({ ...report, waiting: 2 }, report)).toBe(true);
  expect(saysMore({ ...report, photos: 1 }, report)).toBe(true);
  expect(saysMore({ ...report, room: 890 }, report)).toBe(true);
});
