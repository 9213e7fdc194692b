import { expect, it } from 'vitest';
import { withinBudget } from './bench-row.ts';

const row = { measure: 'search', value: 5, unit: 'ms' };

it('keeps a budget at its very edge, and not beyond', () => {
  expect(withinBudget({ ...row, atMost: 5 })).toBe(true);
  expect(withinBudget({ ...row, atMost: 4.9 })).toBe(false);
  expect(withinBudget({ ...row, atLeast: 5 })).toBe(true);
  expect(withinBudget({ ...row, atLeast: 5.1 })).toBe(false);
});

it('passes what has no budget, but nothing that is not a number', () => {
  expect(withinBudget(row)).toBe(true);
  expect(withinBudget({ ...row, value: NaN })).toBe(false);
});
