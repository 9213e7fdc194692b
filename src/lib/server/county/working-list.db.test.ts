import { expect, test } from 'vitest';
import { eachDatabase, onPostgres } from '../../../../tests/support/each-database.ts';
import { item, NOW } from '../../../../tests/support/builders.ts';
import { itemsInUse, type ItemSheet } from '#lib/catalogue/sheet.ts';
import { upgradeItem } from '#lib/catalogue/upgrade-item.ts';
import type { Store } from '../db/store.ts';
import {
  cancelSheet,
  fillList,
  readSheet,
  readSheets,
  saveSheets,
  type SheetChange,
} from './working-list.ts';

const COUNTY = 'S410526000000';
const OTHER = 'S410527000000';
const [FIRST, SECOND] = [upgradeItem(item()), upgradeItem(item({ code: '410511005001', name: '第二项' }))];
const renamed = (sheet: ItemSheet, name: string): ItemSheet => ({ ...sheet, item: { ...sheet.item, name } });
const writing = { county: COUNTY, by: 'admin-1', now: NOW, how: 'edited' } as const;
const write = (store: Store, changes: readonly SheetChange[], how: 'edited' | 'imported' = 'edited') =>
  saveSheets(store, changes, { ...writing, how });
const names = async (store: Store, county = COUNTY) =>
  (await store.read((trx) => readSheets(trx, county))).map(({ sheet, rev }) => [sheet.item.name, rev]);

eachDatabase('the working list of a county', (database) => {
  test('keeps sheets as they were written, by their codes, and shows them to no other county', async () => {
    const store = await database.open();
    expect(
      await write(store, [
        { sheet: SECOND, rev: 0 },
        { sheet: FIRST, rev: 0 },
      ]),
    ).toEqual({ is: 'written' });
    const listed = await store.read((trx) => readSheets(trx, COUNTY));
    expect(listed).toEqual([
      { sheet: FIRST, rev: 1, updatedAt: NOW, updatedBy: 'admin-1' },
      { sheet: SECOND, rev: 1, updatedAt: NOW, updatedBy: 'admin-1' },
    ]);
    expect(await store.read((trx) => readSheet(trx, COUNTY, FIRST.item.code))).toEqual(listed[0]);
    expect(await store.read((trx) => readSheet(trx, OTHER, FIRST.item.code))).toBeNull();
    expect(await names(store, OTHER)).toEqual([]);
  });

  test('somebody else wrote first → nothing of the later change is written, and its codes are told', async () => {
    const store = await database.open();
    await write(store, [
      { sheet: FIRST, rev: 0 },
      { sheet: SECOND, rev: 0 },
    ]);
    expect(await write(store, [{ sheet: renamed(FIRST, '先改的'), rev: 1 }])).toEqual({ is: 'written' });
    const late = [
      { sheet: renamed(FIRST, '后改的'), rev: 1 },
      { sheet: renamed(SECOND, '同一次改的'), rev: 1 },
    ];
    expect(await write(store, late, 'imported')).toEqual({ is: 'changed', codes: [FIRST.item.code] });
    expect(await names(store)).toEqual([
      ['先改的', 2],
      ['第二项', 1],
    ]);
    // a sheet that was thought to be new, and one that was thought to be there
    expect(await write(store, [{ sheet: FIRST, rev: 0 }])).toMatchObject({ is: 'changed' });
    const unknown = { ...FIRST, item: { ...FIRST.item, code: '410511005009' } };
    expect(await write(store, [{ sheet: unknown, rev: 4 }])).toMatchObject({ is: 'changed' });
  });

  test('cancels a sheet and keeps it: a release leaves it out, and it can be put back', async () => {
    const store = await database.open();
    await write(store, [
      { sheet: FIRST, rev: 0 },
      { sheet: SECOND, rev: 0 },
    ]);
    const { code } = FIRST.item;
    expect(await store.write((trx) => cancelSheet(trx, { ...writing, code, rev: 1 }))).toEqual({
      is: 'written',
    });
    expect(await store.write((trx) => cancelSheet(trx, { ...writing, code, rev: 1 }))).toEqual({
      is: 'changed',
      codes: [code],
    });
    const listed = await store.read((trx) => readSheets(trx, COUNTY));
    expect(listed[0]).toMatchObject({
      rev: 2,
      sheet: { standard: { state: '取消', cancelledFrom: '2026-09-18' } },
    });
    expect(itemsInUse(listed.map(({ sheet }) => sheet))).toEqual([SECOND.item]);
    await write(store, [{ sheet: FIRST, rev: 2 }]);
    expect(await names(store)).toEqual([
      [FIRST.item.name, 3],
      ['第二项', 1],
    ]);
  });

  test('says in the audit who changed what, and nothing for a change of nothing', async () => {
    const store = await database.open();
    await write(store, [{ sheet: FIRST, rev: 0 }]);
    await write(
      store,
      [
        { sheet: FIRST, rev: 1 },
        { sheet: SECOND, rev: 0 },
      ],
      'imported',
    );
    await write(store, []);
    const lines = await store.read((trx) =>
      trx.selectFrom('audit').select(['who', 'what', 'detail']).execute(),
    );
    expect(lines.map(({ detail, ...line }) => ({ ...line, ...(JSON.parse(detail) as object) }))).toEqual([
      { who: 'admin-1', what: 'listChanged', county: COUNTY, item: FIRST.item.code, how: 'edited' },
      { who: 'admin-1', what: 'listChanged', county: COUNTY, items: 2, how: 'imported' },
    ]);
  });

  test('takes two thousand sheets at once', async () => {
    const store = await database.open();
    const sheets = Array.from({ length: 2185 }, (_, n) =>
      upgradeItem(item({ code: `41051${String(n).padStart(7, '0')}` })),
    );
    await store.write((trx) => fillList(trx, [{ county: COUNTY, sheets }], { by: 'office', now: NOW }));
    expect(
      await write(
        store,
        sheets.map((sheet) => ({ sheet, rev: 1 })),
        'imported',
      ),
    ).toEqual({ is: 'written' });
    const listed = await store.read((trx) => readSheets(trx, COUNTY));
    expect(listed).toHaveLength(2185);
    expect(listed.every(({ rev }) => rev === 2)).toBe(true);
  });
});

onPostgres('two office processes that add the same code at once', (database) => {
  test('one adds it, the other writes nothing and is told', async () => {
    const [one, other] = [await database.open(), await database.openBeside()];
    const results = await Promise.all(
      [one, other].map((store, i) => write(store, [{ sheet: renamed(FIRST, `第${i}个`), rev: 0 }])),
    );
    const told = results.filter(({ is }) => is === 'changed');
    expect(told).toHaveLength(1);
    expect(await names(one)).toEqual([[expect.stringMatching(/^第[01]个$/), 1]]);
  });
});
