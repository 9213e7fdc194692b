import { expect, test } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import { hasWords, wordsOf } from '#lib/domain/query-words.ts';
import { countedBy, listQuery, readListView, sheetsInView, sheetText, type ListView } from './list-view.ts';
import { upgradeItem } from './upgrade-item.ts';

const SHEETS = [
  upgradeItem(
    item({
      code: '410511005000',
      name: '高龄津贴',
      keywords: ['长寿钱'],
      department: '民政局',
      topics: ['民政救助'],
    }),
  ),
  upgradeItem(
    item({
      code: '410111005001',
      name: '采伐许可',
      keywords: [],
      department: '林业局',
      topics: ['农林牧渔', '准营准办'],
    }),
  ),
];
const ALL: ListView = { query: '', department: '', topic: '', state: '', page: 1 };
const found = (view: Partial<ListView>) =>
  sheetsInView(SHEETS, { ...ALL, ...view }).map((sheet) => sheet.item.name);
const named = (query: string) =>
  SHEETS.filter((sheet) => hasWords(sheetText(sheet), wordsOf(query))).map(({ item: { name } }) => name);

test('an item is found by its name, an everyday word, a piece of a code; by all words at once', () => {
  expect(named('长寿')).toEqual(['高龄津贴']);
  expect(named('　４１０１１１ 采伐 ')).toEqual(['采伐许可']);
  expect(named('采伐 长寿')).toEqual([]);
  expect(found({ department: '民政局' })).toEqual(['高龄津贴']);
  expect(found({ topic: '准营准办', state: '在用' })).toEqual(['采伐许可']);
  expect(found({ state: '取消' })).toEqual([]);
});

test('an address says what is shown, and what it cannot mean is left out', () => {
  const view = readListView(new URLSearchParams({ q: '津贴', state: '乱写', page: '-3' }));
  expect(view).toEqual({ ...ALL, query: '津贴' });
  expect(
    readListView(new URLSearchParams(listQuery({ ...ALL, topic: '民政救助' }, { page: 2 }).slice(1))),
  ).toEqual({
    ...ALL,
    topic: '民政救助',
    page: 2,
  });
  expect(listQuery(ALL)).toBe('');
});

test('departments are counted, the largest first', () => {
  expect(countedBy([...SHEETS, SHEETS[1]!], (sheet) => sheet.item.topics)).toEqual([
    { name: '农林牧渔', count: 2 },
    { name: '准营准办', count: 2 },
    { name: '民政救助', count: 1 },
  ]);
});
