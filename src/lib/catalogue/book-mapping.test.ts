import { describe, expect, test } from 'vitest';
import {
  columnsByHeading,
  guessMapping,
  mappedBook,
  mappingProblems,
  rememberedOf,
  type RawSheet,
} from './book-mapping.ts';
import { ITEM_BOOK } from './sheet-book.ts';

const raw = (name: string, ...rows: string[][]): RawSheet => ({ name, rows, bad: [] });

describe('headings', () => {
  test('are known by their other names, in any width, with stars and notes', () => {
    expect(
      columnsByHeading(ITEM_BOOK, ['事项编码*', '名称', '现场次数（次）', '部门 ：', '谁知道'], 'items', {}),
    ).toEqual(['item.code', 'item.name', 'item.visits', 'item.department', '']);
  });

  test('give a meaning once, and words of the language are none', () => {
    expect(
      columnsByHeading(ITEM_BOOK, ['基本编码', '事项编码', '__proto__', 'constructor', ''], 'items', {}),
    ).toEqual(['item.code', '', '', '', '']);
  });

  test('mean what the county said, also nothing', () => {
    const remembered = {
      items: [
        ['地点', 'standard.address'],
        ['办理时间', ''],
        ['坏', 'no.such.column'],
      ],
    } as const;
    expect(columnsByHeading(ITEM_BOOK, ['地点', '办理时间', '坏'], 'items', remembered)).toEqual([
      'standard.address',
      '',
      '',
    ]);
  });
});

test('sheets are told apart by their headings, below a title, and each kind is given once', () => {
  const sheets = [
    raw('Sheet1', ['滑县事项清单'], ['基本编码', '事项名称', '事项类型']),
    raw('Sheet2', ['基本编码', '材料编码', '材料名称']),
    raw('说明', ['请看'], ['谢谢']),
    raw('事项', ['基本编码', '事项名称']),
  ];
  expect(guessMapping(ITEM_BOOK, sheets, {}).map(({ kind, heading }) => [kind, heading])).toEqual([
    ['items', 1],
    ['materials', 0],
    [null, 0],
    // 事项 is taken; two headings are no other kind's
    [null, 0],
  ]);
});

test('a mapping that cannot be meant is told', () => {
  const items = { kind: 'items', heading: 0, columns: ['item.code', 'item.name'] } as const;
  const both = [
    { ...items, columns: [...items.columns] },
    { ...items, columns: [...items.columns] },
  ];
  expect(mappingProblems(ITEM_BOOK, both).map(({ sheet }) => sheet)).toEqual([1]);
  expect(mappingProblems(ITEM_BOOK, [{ kind: null, heading: 0, columns: [] }])[0]?.text).toContain(
    '没有一张表认得出来',
  );
});

test('rows are counted as in the file, empty ones are passed over, bad cells are told at their column', () => {
  const sheet = {
    ...raw('事项', ['题'], ['基本编码', '谁'], ['', ''], ['X', 'y']),
    bad: [
      { row: 3, column: 0, text: '坏' },
      { row: 3, column: 1, text: '不导入' },
    ],
  };
  const mapping = { kind: 'items' as const, heading: 1, columns: ['item.code', ''] };
  expect(mappedBook([sheet], [mapping])).toEqual({
    book: { items: [{ row: 4, cells: { 'item.code': 'X' } }] },
    problems: [{ kind: 'items', row: 4, column: 'item.code', text: '坏' }],
  });
  expect(rememberedOf([sheet], [mapping])).toEqual({
    items: [
      ['基本编码', 'item.code'],
      ['谁', ''],
    ],
  });
});
