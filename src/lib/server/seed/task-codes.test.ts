import { describe, expect, test } from 'vitest';
import { checkItems } from '#lib/catalogue/item-check.ts';
import { parseImplementationCode } from '#lib/catalogue/implementation-code.ts';
import { readItems } from './read-data.ts';
import { creditCheck, itemsOfCounty, syntheticCreditCode } from './task-codes.ts';

const items = readItems();

test('the check digit is that of real credit codes', () => {
  // the published example of GB 32100-2015, appendix A
  expect(creditCheck('91350100M000100Y4')).toBe('3');
});

test('a synthetic credit code is right in shape and check digits, and of a body that is none', () => {
  const code = syntheticCreditCode('410526000000', 7);
  expect(code).toMatch(/^11410526XN000007[0-9X][0-9A-HJ-NPQRTUWXY]$/);
  expect(code[17]).toBe(creditCheck(code.slice(0, 17)));
});

describe('the items of a county', () => {
  const village = itemsOfCounty(items, '410526000000', 'village');

  test.each([
    ['township', 284, ['5']],
    ['subdistrict', 217, ['5']],
    ['village', 173, ['5', '6']],
  ] as const)('%s: %i, fit to be published, with codes of the level that acts', (level, count, digits) => {
    const own = itemsOfCounty(items, '410526000000', level);
    expect(own).toHaveLength(count);
    expect(checkItems(own)).toEqual([]);
    expect(new Set(own.map((item) => parseImplementationCode(item.taskCode)?.levelDigit))).toEqual(
      new Set(digits),
    );
    expect(new Set(own.map((item) => item.taskCode)).size).toBe(count);
  });

  test('what a village takes in for its township is the very same version there', () => {
    const there = new Map(itemsOfCounty(items, '410526000000', 'township').map((item) => [item.code, item]));
    const shared = village.filter((item) => item.levels.includes('township'));
    expect(shared.length).toBeGreaterThan(150);
    for (const item of shared) expect(there.get(item.code)).toEqual(item);
  });

  test('carry the code of their own department, and of no other county', () => {
    const credit = (item: { taskCode: string }) => item.taskCode.slice(0, 18);
    const civil = village.filter((item) => item.department === '民政局');
    expect(new Set(civil.map(credit)).size).toBe(1);
    const departments = new Set(village.map((item) => item.department));
    expect(new Set(village.map(credit)).size).toBe(departments.size);
    const other = itemsOfCounty(items, '410527000000', 'village');
    expect(other.some((item) => village.some((one) => credit(one) === credit(item)))).toBe(false);
  });
});
