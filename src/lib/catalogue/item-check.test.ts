import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field, Item } from '#lib/domain/item.ts';
import { checkItem, checkItems } from './item-check.ts';

const data = new URL('../server/seed/data/items.json', import.meta.url);
const items = JSON.parse(readFileSync(data, 'utf8')) as Item[];
const sample = items.find((item) => item.name === '老年人高龄津贴认定')!;

const field = (change: Partial<Field>): Field => ({
  key: 'a',
  label: '甲',
  type: 'text',
  required: true,
  ...change,
});
const withForm = (...form: Partial<Field>[]): Item => ({ ...sample, form: form.map(field) });
const texts = (value: unknown) => checkItem(value).map(({ where, text }) => `${where} ${text}`);

describe('an item before it is published', () => {
  test('all 298 items of the demo city pass', () => {
    expect(items).toHaveLength(298);
    expect(checkItems(items)).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['a key used twice', withForm({}, {}), /^form\.a 这个填写项的键用了两次/],
    ['a key with a dot', withForm({ key: 'a.b' }), /键应以字母开头/],
    ['a condition on nothing', withForm({ visibleIf: { key: 'zz', equals: true } }), /“zz”不在这张表里/],
    ['a condition on itself', withForm({ visibleIf: { key: 'a', equals: 'x' } }), /以自己为条件/],
    [
      'conditions in a circle',
      withForm({ visibleIf: { key: 'b', equals: 'x' } }, { key: 'b', visibleIf: { key: 'a', equals: 'x' } }),
      /互为条件/,
    ],
    [
      'a condition that no option meets',
      withForm(
        { type: 'select', options: ['有', '无'] },
        { key: 'b', visibleIf: { key: 'a', equals: '是' } },
      ),
      /里没有“是”可选/,
    ],
    ['a select without options', withForm({ type: 'select' }), /没有可选的内容/],
    ['an option twice', withForm({ type: 'select', options: ['有', '有'] }), /“有”写了两次/],
    ['options on a text', withForm({ options: ['有'] }), /只有选择项/],
    ['bounds upside down', withForm({ type: 'number', min: 2, max: 1 }), /最小值比最大值还大/],
    ['a step of nothing', withForm({ type: 'number', step: 0 }), /步长/],
    ['a table without columns', withForm({ type: 'table' }), /表格没有列/],
    [
      'a table in a table',
      withForm({ type: 'table', columns: [field({ type: 'table', columns: [field({})] })] }),
      /表格里不能再放表格/,
    ],
    [
      'a cell of many answers',
      withForm({ type: 'table', columns: [field({ type: 'multiselect', options: ['有', '无'] })] }),
      /只能选一个/,
    ],
    ['a key that no amendment could name', withForm({ key: 'pay_tier' }), /只用字母和数字/],
    ['more words than a command carries', withForm({ maxLength: 30_000 }), /不能超过 5000/],
    [
      'more options than a command carries',
      withForm({ type: 'select', options: Array.from({ length: 101 }, (_, i) => String(i)) }),
      /最多 100 个/,
    ],
    [
      'a material code that no command carries',
      { ...sample, materials: [{ ...sample.materials[0], code: 'M'.repeat(21) }] },
      /材料编码/,
    ],
    ['a type nobody knows', { ...sample, form: [{ ...field({}), type: 'photo' }] }, /没有“photo”这种填写项/],
    [
      'a material code twice',
      { ...sample, materials: [sample.materials[0], sample.materials[0]] },
      /用了两次/,
    ],
    ['a material of no copies', { ...sample, materials: [{ ...sample.materials[0], copies: 0 }] }, /份数/],
    [
      'a material that is needed nobody knows when',
      { ...sample, materials: [{ ...sample.materials[0], required: false }] },
      /什么情形下要交/,
    ],
    ['a promise longer than the law', { ...sample, statutoryDays: 5, promisedDays: 6 }, /比法定时限还长/],
    ['half a day', { ...sample, promisedDays: 1.5 }, /整数/],
    ['no level', { ...sample, levels: [] }, /哪一级站点/],
    ['a level nobody knows', { ...sample, levels: ['county'] }, /^levels 内容不是应有的样子/],
    ['a misspelt key', { ...sample, mustAppears: '本人' }, /^mustAppears 没有这一项/],
    ['a missing key', { ...sample, fee: undefined }, /^fee 内容不是应有的样子/],
    ['a short code', { ...sample, code: '41' }, /12 位/],
    ['no item at all', null, /应是一组/],
  ])('%s is named', (_, value, expected) => {
    expect(texts(value).some((line) => expected.test(line))).toBe(true);
  });

  test('two items may not share a code or a name', () => {
    expect(checkItems([sample, sample]).map(({ text }) => text)).toEqual([
      '两个事项用了同一个编码',
      '两个事项同名',
    ]);
  });

  test('whatever a file holds, checking it does not throw', () => {
    const broken = fc.oneof(
      fc.anything(),
      fc
        .record({ form: fc.anything(), materials: fc.anything() })
        .map((change) => ({ ...sample, ...change })),
      fc.array(fc.anything()).map((form) => ({ ...sample, form })),
    );
    fc.assert(
      fc.property(broken, (value) => {
        expect(Array.isArray(checkItem(value))).toBe(true);
      }),
    );
  });
});
