import { expect, test } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import { itemHash } from './hash.ts';
import { itemsInUse, stationItem } from './sheet.ts';
import { upgradeItem } from './upgrade-item.ts';

test('the station’s item comes out of a sheet with the very hash it had', async () => {
  const sheet = upgradeItem(item());
  expect(await itemHash(stationItem(sheet))).toBe(await itemHash(item()));
  expect(sheet.synthetic).toBe(true);
});

test('what is paused or cancelled goes into no release', () => {
  const states = (['在用', '暂停', '取消'] as const).map((state, n) => {
    const sheet = upgradeItem(item({ code: `41051100500${n}` }));
    return { ...sheet, standard: { ...sheet.standard, state } };
  });
  expect(itemsInUse(states).map(({ code }) => code)).toEqual(['410511005000']);
});

test('codes of the office that acts are those of the implementation code', () => {
  const { standard } = upgradeItem(item({ taskCode: '11410526XN000007X46412014001001'.padEnd(31, '0') }));
  expect(standard.deptCode).toBe('11410526XN000007X4');
  expect(standard.useLevel).toBe('村（社区）');
});
