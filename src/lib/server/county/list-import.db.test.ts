import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import type { SheetMapping } from '#lib/catalogue/book-mapping.ts';
import type { Store } from '../db/store.ts';
import { readItems } from '../seed/read-data.ts';
import { sheetsOfCounty } from '../seed/task-codes.ts';
import { readWorkbook } from '../workbook/run-worker.ts';
import {
  beginImport,
  confirmImport,
  discardImport,
  findImport,
  openImport,
  tryImport,
} from './list-import.ts';
import type { ReadSheet } from './import-plan.ts';
import { fillList, readSheet, readSheets, saveSheets } from './working-list.ts';

const WHO = { county: 'S410526000000', by: 'admin-1' };
const OTHERS = [
  { county: 'S410527000000', by: 'admin-1' },
  { county: 'S410526000000', by: 'admin-2' },
];
const SHEETS = sheetsOfCounty(readItems(), '410526000000');
const WORKBOOK = join(import.meta.dirname, '../../../../tests/support/workbooks/list-298.xlsx');

async function libreOffice(): Promise<ReadSheet[]> {
  const book = await readWorkbook(readFileSync(WORKBOOK), 'list-298.xlsx');
  if (!book.ok) throw new Error(book.text);
  return book.sheets;
}
const begin = (store: Store, sheets: readonly ReadSheet[]): Promise<string> =>
  beginImport(store, WHO, { fileName: '清单.xlsx', sheets, now: NOW });
const pending = async (store: Store, id: string) => (await store.read((trx) => findImport(trx, WHO, id)))!;
async function tried(store: Store, id: string, change = (mappings: SheetMapping[]) => mappings) {
  const { mappings } = await pending(store, id);
  expect(await tryImport(store, WHO, { id, mappings: change(mappings), now: NOW })).toEqual({ is: 'tried' });
  return (await pending(store, id)).plan!;
}
const confirm = (store: Store, id: string, basis = '') => confirmImport(store, WHO, { id, basis, now: NOW });
const plainSheet = (...rows: string[][]): ReadSheet => ({ name: '事项', rows, bad: [], notes: [] });
const [FIRST] = SHEETS;
const CODE = FIRST!.item.code;
const fill = (store: Store) =>
  store.write((trx) => fillList(trx, [{ county: WHO.county, sheets: SHEETS }], { by: 'office', now: NOW }));

eachDatabase('an import', (database) => {
  test('of a workbook saved by LibreOffice brings 298 items into an empty list, after 确认 and not before', async () => {
    const store = await database.open();
    const id = await begin(store, await libreOffice());
    const plan = await tried(store, id);
    expect(plan.problems).toEqual([]);
    expect([plan.changes.length, plan.same, plan.withProblems, plan.touchesLocked]).toEqual([
      298,
      0,
      0,
      true,
    ]);
    expect(await store.read((trx) => readSheets(trx, WHO.county))).toEqual([]);

    expect(await confirm(store, id)).toEqual({ is: 'noBasis' });
    expect(await confirm(store, id, '滑政数〔2026〕1号')).toEqual({ is: 'written', items: 298 });
    const listed = await store.read((trx) => readSheets(trx, WHO.county));
    const byCode = [...SHEETS].sort((a, b) => (a.item.code < b.item.code ? -1 : 1));
    expect(listed.map(({ sheet }) => sheet)).toEqual(byCode);

    // pressed twice: it is done already
    expect(await confirm(store, id, 'x')).toEqual({ is: 'gone' });
    const [line] = await store.read((trx) => trx.selectFrom('audit').select('detail').execute());
    expect(JSON.parse(line!.detail)).toEqual({
      county: WHO.county,
      items: 298,
      how: 'imported',
      basis: '滑政数〔2026〕1号',
    });
  });

  test('of what the list has already changes nothing', async () => {
    const store = await database.open();
    await fill(store);
    const id = await begin(store, await libreOffice());
    const plan = await tried(store, id);
    expect([plan.changes.length, plan.same, plan.problems]).toEqual([0, 298, []]);
    expect(await confirm(store, id)).toEqual({ is: 'untried' });
  });

  test('writes the items without a problem, tells the others cell by cell, and raises the version', async () => {
    const store = await database.open();
    await fill(store);
    const id = await begin(store, [
      plainSheet(
        ['滑县清单'],
        ['基本编码', '办理地点', '到办事现场次数', '__proto__'],
        [CODE, '新地方', '0', 'x'],
        [SHEETS[1]!.item.code, '新地方', '很多', 'x'],
      ),
    ]);
    const plan = await tried(store, id);
    expect(
      plan.changes.map(({ sheet, differences }) => [sheet.item.code, differences.map(({ what }) => what)]),
    ).toEqual([[CODE, ['办理地点']]]);
    expect(plan.withProblems).toBe(1);
    expect(plan.problems).toEqual([
      { kind: 'items', row: 4, column: 'item.visits', text: '应是数字，现在是“很多”' },
    ]);
    expect(plan.touchesLocked).toBe(false);
    expect(await confirm(store, id)).toEqual({ is: 'written', items: 1 });
    const now = await store.read((trx) => readSheet(trx, WHO.county, CODE));
    expect(now).toMatchObject({ rev: 2, sheet: { standard: { address: '新地方', version: 2 } } });
    expect({ ...now!.sheet.item }).toEqual(FIRST!.item);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('a cell that could not be read keeps its item from being written', async () => {
    const store = await database.open();
    await fill(store);
    const sheet = plainSheet(['基本编码', '办理地点'], [CODE, '']);
    const id = await begin(store, [{ ...sheet, bad: [{ row: 1, column: 1, text: '公式出错' }] }]);
    const plan = await tried(store, id);
    expect([plan.changes.length, plan.withProblems]).toEqual([0, 1]);
    expect(plan.problems).toEqual([{ kind: 'items', row: 2, column: 'standard.address', text: '公式出错' }]);
  });

  test('the list changed after the trial → nothing is written, and the codes are told; trying again helps', async () => {
    const store = await database.open();
    await fill(store);
    const id = await begin(store, [
      plainSheet(['基本编码', '办理地点'], [CODE, '我改的'], [SHEETS[1]!.item.code, '也改']),
    ]);
    await tried(store, id);
    const elsewhere = { ...FIRST!, standard: { ...FIRST!.standard, hours: '周六也办' } };
    const writing = { county: WHO.county, by: 'admin-2', now: NOW, how: 'edited' } as const;
    await saveSheets(store, [{ sheet: elsewhere, rev: 1 }], writing);
    expect(await confirm(store, id)).toEqual({ is: 'changed', codes: [CODE] });
    expect((await store.read((trx) => readSheet(trx, WHO.county, SHEETS[1]!.item.code)))!.rev).toBe(1);

    await tried(store, id);
    expect(await confirm(store, id)).toEqual({ is: 'written', items: 2 });
    const { sheet } = (await store.read((trx) => readSheet(trx, WHO.county, CODE)))!;
    // the other one's change is kept beside this one's
    expect(sheet.standard).toMatchObject({ hours: '周六也办', address: '我改的' });
  });

  test('the county’s columns are remembered, also the ones that mean nothing', async () => {
    const store = await database.open();
    await fill(store);
    const own = plainSheet(['编号', '地点', '办理时间'], [CODE, '一楼', '夜里']);
    const id = await begin(store, [own]);
    const { mappings } = await pending(store, id);
    expect(mappings[0]!.kind).toBeNull();
    const said: SheetMapping = { kind: 'items', heading: 0, columns: ['item.code', 'standard.address', ''] };
    const plan = await tried(store, id, () => [said]);
    expect(plan.changes[0]!.differences).toMatchObject([{ what: '办理地点', to: '一楼' }]);
    const again = await begin(store, [own]);
    expect((await pending(store, again)).mappings).toEqual([said]);
    // the earlier one of the same person is gone
    expect(await store.read((trx) => findImport(trx, WHO, id))).toBeNull();
  });

  test('is nobody else’s, and can be thrown away', async () => {
    const store = await database.open();
    const id = await begin(store, [plainSheet(['基本编码', '事项名称'], [CODE, '名'])]);
    for (const other of OTHERS) {
      expect(await store.read((trx) => findImport(trx, other, id))).toBeNull();
      expect(await store.read((trx) => openImport(trx, other, 'items'))).toBeNull();
      expect(await tryImport(store, other, { id, mappings: [], now: NOW })).toEqual({ is: 'gone' });
      expect(await confirmImport(store, other, { id, basis: 'x', now: NOW })).toEqual({ is: 'gone' });
      await store.write((trx) => discardImport(trx, other, id));
    }
    expect(await store.read((trx) => openImport(trx, WHO, 'items'))).toMatchObject({
      id,
      fileName: '清单.xlsx',
      tried: false,
    });
    expect(await confirm(store, id)).toEqual({ is: 'untried' });
    await store.write((trx) => discardImport(trx, WHO, id));
    expect(await store.read((trx) => openImport(trx, WHO, 'items'))).toBeNull();
  });

  test('without the column that says which item, or with one column twice, is not tried', async () => {
    const store = await database.open();
    const id = await begin(store, [plainSheet(['事项名称', '办理地点', '地点'], ['名', '一', '二'])]);
    const mappings: SheetMapping[] = [
      { kind: 'items', heading: 0, columns: ['item.name', 'standard.address', 'standard.address'] },
    ];
    expect(await tryImport(store, WHO, { id, mappings, now: NOW })).toEqual({
      is: 'unclear',
      problems: [
        { sheet: 0, text: '没有一列是“基本编码”，不知道每一行是哪一项' },
        { sheet: 0, text: '有两列都选了“办理地点”，一样只能选一列' },
      ],
    });
  });
});
