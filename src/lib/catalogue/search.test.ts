import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item, Level } from '#lib/domain/item.ts';
import { listOf } from './publish/build.ts';
import { syllablesOf } from './publish/pinyin.ts';
import { createSearch } from './search.ts';

const data = new URL('../server/seed/data/items.json', import.meta.url);
const items = JSON.parse(readFileSync(data, 'utf8')) as Item[];
const nameOf = new Map(items.map((item) => [item.code, item.name]));
const { search } = createSearch(listOf(items));
const names = (query: string, limit?: number) => search(query, limit).map((hit) => nameOf.get(hit.code));

const ALLOWANCE = '老年人高龄津贴认定';
const initialsOf = (text: string) =>
  syllablesOf(text)
    .map((syllable, i) => syllable?.charAt(0) ?? [...text][i])
    .join('');
const pinyinOf = (text: string) =>
  syllablesOf(text)
    .map((syllable, i) => syllable ?? [...text][i])
    .join('');

/** [query, code] pairs whose item is not among the first ten of that level's list; the whole list without a level. */
function missedInTen(pairs: [query: string, code: string][], level?: Level): string[] {
  const among = level ? items.filter((item) => item.levels.includes(level)) : items;
  const codes = new Set(among.map((item) => item.code));
  const one = createSearch(listOf(among));
  return pairs
    .filter(([query, code]) => codes.has(code) && !one.search(query, 10).some((hit) => hit.code === code))
    .map(([query, code]) => `${query} → ${nameOf.get(code)}`);
}

describe('search finds what people ask for', () => {
  test.each([
    'gljt',
    'gaoling',
    '高龄',
    '长寿钱',
    'gaolingjintie',
    'GLJT',
    'ｇｌｊｔ',
    'gāolíng',
    '高龄津贴',
  ])('%s brings the allowance first', (query) => {
    expect(names(query)[0]).toBe(ALLOWANCE);
  });

  test.each(['gaol津贴', 'gl津贴', '高ling', '津贴 老年', 'lnr gljt', '老年人 长寿钱', 'changshouq'])(
    'mixed and partial spellings find it too: %s',
    (query) => {
      expect(names(query, 3)).toContain(ALLOWANCE);
    },
  );

  test('the yearly proof comes right after the allowance itself', () => {
    expect(names('gljt', 2)).toEqual([ALLOWANCE, '高龄津贴年度生存认证']);
    expect(names('高龄认证')[0]).toBe('高龄津贴年度生存认证');
  });

  test.each(['高领津贴', '高龄津贴怎么申请', '长寿的钱', 'gaolingjingtie', 'gaolinjintie', 'gaoolingjintie'])(
    'a slip or a sentence still finds it: %s',
    (query) => {
      expect(names(query, 5)).toContain(ALLOWANCE);
    },
  );

  test('one character is enough', () => {
    expect(search('钱', 300).length).toBeGreaterThan(3);
    expect(names('钱', 300)).toContain(ALLOWANCE);
  });

  test('department and topic come after names and words', () => {
    const hits = search('民政', 300);
    const places = hits.map((hit) => hit.matched.where);
    expect(places).toContain('department');
    expect(places.lastIndexOf('name')).toBeLessThan(places.indexOf('department'));
    expect(hits.find((hit) => hit.matched.where === 'department')?.matched).toEqual({
      where: 'department',
      text: '民政局',
      ranges: [[0, 2]],
    });
  });

  test('the place to mark is the place that matched, however it was spelt', () => {
    expect(search('gaolj')[0]?.nameRanges).toEqual([[3, 6]]);
    expect(search('高龄津')[0]?.matched).toEqual({ where: 'name', text: ALLOWANCE, ranges: [[3, 6]] });
    expect(search('长寿钱')[0]?.matched).toEqual({ where: 'word', text: '长寿钱', ranges: [[0, 3]] });
    expect(search('认定 高龄 老年人')[0]?.nameRanges).toEqual([
      [0, 5],
      [7, 9],
    ]);
  });

  test('every item is the first hit for its own name', () => {
    const missed = items.filter((item) => search(item.name, 1)[0]?.code !== item.code);
    expect(missed.map((item) => item.name)).toEqual([]);
  });

  const all = (spell: (item: Item) => string[]) =>
    items.flatMap((item) => spell(item).map((query): [string, string] => [query, item.code]));

  const SPELLINGS: [string, (item: Item) => string[]][] = [
    ['name', (item) => [item.name]],
    ['initials of its name', (item) => [initialsOf(item.name)]],
    ['pinyin of its name', (item) => [pinyinOf(item.name)]],
    ['everyday words', (item) => item.keywords],
    ['everyday words in pinyin', (item) => item.keywords.map(pinyinOf)],
    ['everyday words in initials', (item) => item.keywords.map(initialsOf)],
  ];
  const LISTS: (Level | undefined)[] = [undefined, 'township', 'subdistrict', 'village'];

  test.each(LISTS.flatMap((level) => SPELLINGS.map(([what, spell]) => ({ level, what, spell }))))(
    'every item is among the first ten for each of its $what (list: $level)',
    ({ level, spell }) => {
      expect(missedInTen(all(spell), level)).toEqual([]);
    },
  );

  test('nine in ten items are still among the first ten when one character of an everyday word is wrong', () => {
    const wrong = items.flatMap((item) =>
      item.keywords
        .filter((word) => word.length > 3)
        .map((word): [string, string] => [word.slice(0, 1) + '某' + word.slice(2), item.code]),
    );
    expect(missedInTen(wrong).length).toBeLessThan(wrong.length / 10);
  });
});

/** Any UTF-16 units, halves of pairs too. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

describe('search holds', () => {
  test.each(['', '   ', '\n', '.*+?^${}()|[]\\', '😀', '\ud800', '\u0000', '____', 'x'.repeat(10_000)])(
    'on %j without finding anything or throwing',
    (query) => {
      expect(Array.isArray(search(query))).toBe(true);
    },
  );

  test('no text makes it throw, and hits are within the limit and in order', () => {
    fc.assert(
      fc.property(fc.oneof(anyUnits, fc.string()), fc.nat(30), (query, limit) => {
        const hits = search(query, limit);
        expect(hits.length).toBeLessThanOrEqual(limit);
        expect(hits.every((hit, i) => i === 0 || hit.score <= hits[i - 1]!.score)).toBe(true);
      }),
    );
  });

  test('10,000 characters of a name take no longer than their first part', () => {
    expect(search('高龄'.repeat(5000))).toEqual(search('高龄'.repeat(64)));
  });

  test('a list without items finds nothing', () => {
    expect(createSearch(listOf([])).search('高龄')).toEqual([]);
  });
});
