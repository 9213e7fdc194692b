/** A newer version in a sentence: what it means for a form that is half filled in. */
import { expect, it } from 'vitest';
import { item } from '../../../tests/support/builders.ts';
import type { Item } from '#lib/domain/item.ts';
import { compareVersions } from './item-changes.ts';
import { versionSentence } from './version-words.ts';

const old = item();
const said = (change: Partial<Item>): string => {
  const next = item(change);
  return versionSentence(old, next, compareVersions(old, next));
};
const [card, book, proxyCard] = old.materials as [
  Item['materials'][0],
  Item['materials'][0],
  Item['materials'][0],
];
const [mode, liaison] = old.form as [Item['form'][0], Item['form'][0]];

it.each<[string, Partial<Item>]>([
  ['多 2 份材料，少 1 份', { materials: [card, book, { ...book, code: 'N1' }, { ...book, code: 'N2' }] }],
  ['少 2 份材料', { materials: [card] }],
  ['1 份材料的要求变了', { materials: [card, { ...book, copies: 2 }, proxyCard] }],
  ['填写项多 1 项', { form: [mode, liaison, { ...liaison, key: 'note' }] }],
  [
    '填写项多 1 项、少 1 项、改 1 项',
    {
      form: [
        { ...mode, required: false },
        { ...liaison, key: 'note' },
      ],
    },
  ],
  ['承诺时限改为 5 个工作日', { promisedDays: 5 }],
  ['改为当场办结', { promisedDays: 0, handling: '即办件' }],
  ['服务对象变了', { audience: ['自然人', '法人'] }],
  ['不能代办了', { proxyAllowed: false }],
  ['要本人到场了', { mustAppear: '示例原因' }],
  ['申请条件变了，收费变了', { conditions: '示例条件', fee: '工本费' }],
  ['改了名称，要填的和要交的都没变', { name: '示例新名称' }],
  ['要填的和要交的都没变', { keywords: ['示例'] }],
])('%s', (words, change) => {
  expect(said(change)).toBe(words);
});

it('what was asked and is not any more is told the other way round', () => {
  const strict = item({ mustAppear: '示例原因', proxyAllowed: false });
  expect(versionSentence(strict, old, compareVersions(strict, old))).toBe('可以代办了，不用本人到场了');
});
