import { describe, expect, test } from 'vitest';
import { readItems } from '#lib/server/seed/read-data.ts';
import { sheetsOfCounty } from '#lib/server/seed/task-codes.ts';
import { canonicalJson } from './canonical.ts';
import { itemHash } from './hash.ts';
import { ITEM_COLUMNS } from './item-columns.ts';
import { PARTS } from './part-columns.ts';
import { bookOf, columnsOf, sheetsFrom, type Book, type BookRow, type SheetKind } from './sheet-book.ts';
import { checkSheet } from './sheet-check.ts';
import { differences } from './sheet-difference.ts';
import type { ItemSheet } from './sheet.ts';

const SHEETS = sheetsOfCounty(readItems(), '410526000000');

/** The rows of a workbook by the keys of their columns, as a reader with a perfect mapping gives them. */
function mapped(sheets: readonly ItemSheet[]): Record<SheetKind, BookRow[]> {
  return Object.fromEntries(
    bookOf(sheets).map(({ kind, rows: [headings, ...rows] }) => [
      kind,
      rows.map((row, i) => ({
        row: i + 2,
        cells: Object.fromEntries(
          columnsOf(kind).map(({ key, heading }) => [key, row[headings!.indexOf(heading)]!]),
        ),
      })),
    ]),
  ) as Record<SheetKind, BookRow[]>;
}
const change = (
  book: Record<SheetKind, BookRow[]>,
  kind: SheetKind,
  at: number,
  cells: Record<string, string>,
): Book => ({
  ...book,
  [kind]: book[kind].map((line, i) => (i === at ? { ...line, cells: { ...line.cells, ...cells } } : line)),
});
const none: ReadonlyMap<string, ItemSheet> = new Map();
const current = new Map(SHEETS.map((sheet) => [sheet.item.code, sheet]));

test('the 298 upgraded items break no rule of the list', () => {
  const broken = SHEETS.flatMap((sheet) =>
    checkSheet(sheet).map((one) => ({ item: sheet.item.name, ...one })),
  );
  expect(broken).toEqual([]);
});

describe('a list as a workbook', () => {
  test('comes back as the very same sheets, with the very same hashes, onto nothing and onto itself', async () => {
    for (const there of [none, current]) {
      const { items, problems } = sheetsFrom(mapped(SHEETS), there);
      expect(problems).toEqual([]);
      expect(items.flatMap((item) => item.problems)).toEqual([]);
      expect(items.map(({ sheet }) => canonicalJson(sheet))).toEqual(
        SHEETS.map((sheet) => canonicalJson(sheet)),
      );
    }
    const [first] = sheetsFrom(mapped(SHEETS.slice(0, 1)), none).items;
    expect(await itemHash(first!.sheet.item)).toBe(await itemHash(SHEETS[0]!.item));
  });

  test('names no column twice, and 32 elements in all are locked', () => {
    for (const columns of [ITEM_COLUMNS, ...PARTS.map((part) => part.columns)]) {
      const names = columns.flatMap(({ heading, also = [] }) => [heading, ...also]);
      expect(new Set(names).size).toBe(names.length);
    }
    const locked = [ITEM_COLUMNS, ...PARTS.map((part) => part.columns)].flat().filter((one) => one.locked);
    expect(locked.map(({ heading }) => heading)).toHaveLength(32);
  });

  test('what it does not say stays as it was', () => {
    const [line] = mapped(SHEETS).items;
    const { 'item.code': code, 'item.keywords': _, ...rest } = line!.cells;
    const only = { row: 2, cells: { 'item.code': code!, 'standard.address': '新地方' } };
    const [item] = sheetsFrom({ items: [only] }, current).items;
    expect(item!.problems).toEqual([]);
    expect(differences(SHEETS[0]!, item!.sheet)).toEqual([
      { what: '办理地点', from: rest['standard.address'], to: '新地方', locked: false },
    ]);
  });

  test('a new item must say what every item says, each in its cell', () => {
    const book = { items: [{ row: 7, cells: { 'item.code': '412014001099', 'item.name': '新事项' } }] };
    const [item] = sheetsFrom(book, none).items;
    expect(item!.problems.every(({ row, kind }) => row === 7 && kind === 'items')).toBe(true);
    expect(item!.problems.map(({ column }) => column)).toEqual(
      ITEM_COLUMNS.filter((one) => one.required)
        .map(({ key }) => key)
        .filter((key) => key !== 'item.code' && key !== 'item.name'),
    );
    expect(item!.problems[0]!.text).toBe('没有填实施编码');
  });

  test('tells a code twice, a row without a code and a part of an unknown item, each at its row', () => {
    const book = mapped(SHEETS.slice(0, 2));
    const twice: Book = {
      ...book,
      items: [...book.items, { ...book.items[0]!, row: 9 }, { row: 10, cells: { 'item.name': '无码' } }],
      materials: [
        { row: 3, cells: { owner: '999999999999', 'item.code': 'M1' } },
        { row: 4, cells: {} },
      ],
    };
    expect(sheetsFrom(twice, none).problems).toEqual([
      { kind: 'items', row: 9, column: 'item.code', text: '基本编码和第 2 行一样，一项只能写一行' },
      { kind: 'items', row: 10, column: 'item.code', text: '没有写基本编码，不知道是哪一项' },
      { kind: 'materials', row: 3, column: 'owner', text: '“事项”表和现有清单里都没有 999999999999' },
      { kind: 'materials', row: 4, column: 'owner', text: '没有写基本编码，不知道是哪一项的' },
    ]);
  });

  test('a broken rule of a material or a question is told at its own row', () => {
    const book = mapped(SHEETS.slice(0, 1));
    const bad = change(
      change(book, 'materials', 1, { necessity: '非必要', 'item.when': '' }) as typeof book,
      'form',
      0,
      { options: '' },
    );
    const [item] = sheetsFrom(bad, none).items;
    expect(item!.problems).toEqual([
      { kind: 'materials', row: 3, column: '', text: '不是必交的材料要写明什么情形下要交' },
      { kind: 'form', row: 2, column: 'options', text: '选择项没有可选的内容' },
    ]);
  });

  test('two items of one name are told, also when only one of them is in the workbook', () => {
    const book = change(mapped(SHEETS.slice(0, 1)), 'items', 0, { 'item.name': SHEETS[1]!.item.name });
    expect(sheetsFrom(book, current).problems).toEqual([
      { kind: 'items', row: 0, column: '', text: `${SHEETS[1]!.item.name}：两个事项同名` },
    ]);
  });
});

describe('the difference', () => {
  test('is told field by field, with rows of materials by their names', () => {
    const book = change(
      change(mapped(SHEETS.slice(0, 1)), 'items', 0, {
        'item.visits': '1',
        'standard.sceneReason': '核对原件',
      }) as Record<SheetKind, BookRow[]>,
      'materials',
      0,
      { 'item.copies': '２' },
    );
    const [item] = sheetsFrom({ ...book, materials: book.materials!.slice(0, 2) }, current).items;
    expect(item!.problems).toEqual([]);
    expect(differences(SHEETS[0]!, item!.sheet)).toEqual([
      { what: '到办事现场次数', from: '0', to: '1', locked: true },
      { what: '必须现场办理原因', from: '', to: '核对原件', locked: false },
      { what: '材料“居民身份证”·份数', from: '1', to: '2', locked: true },
      {
        what: expect.stringMatching(/^材料“特殊缴费群体/),
        from: expect.stringContaining('M0465'),
        to: '',
        locked: true,
      },
    ]);
    expect(differences(SHEETS[0]!, SHEETS[0]!)).toEqual([]);
  });
});
