import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { ALLOWANCE, COUNTY, foundTown, PERMIT } from '../../../../tests/support/town.ts';
import { itemHash } from '#lib/catalogue/hash.ts';
import { startList } from './start-list.ts';
import { readSheets } from './working-list.ts';

const writing = { county: COUNTY, by: 'admin-1', now: NOW };

eachDatabase('a list begun from what was published', (database) => {
  test('has every item once, with the hash that the stations know, marked synthetic; and is begun once', async () => {
    const town = await foundTown(await database.open());
    expect(await startList(town.store, writing)).toEqual({ written: { is: 'written' }, items: 2 });
    const listed = await town.store.read((trx) => readSheets(trx, COUNTY));
    expect(listed.map(({ sheet }) => [sheet.item.code, sheet.synthetic])).toEqual([
      [ALLOWANCE.code, true],
      [PERMIT.code, true],
    ]);
    expect(await itemHash(listed[0]!.sheet.item)).toBe(await itemHash(ALLOWANCE));
    expect((await startList(town.store, writing)).written).toMatchObject({ is: 'changed' });
    expect((await town.store.read((trx) => readSheets(trx, COUNTY)))[0]!.rev).toBe(1);
  });

  test('of another county stays empty', async () => {
    const town = await foundTown(await database.open());
    const other = { ...writing, county: 'S410527000000' };
    expect(await startList(town.store, other)).toEqual({ written: { is: 'written' }, items: 0 });
    expect(await town.store.read((trx) => readSheets(trx, other.county))).toEqual([]);
  });
});
