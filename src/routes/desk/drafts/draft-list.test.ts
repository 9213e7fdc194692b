import { expect, test } from 'vitest';
import { item, NOW, TODAY } from '../../../../tests/support/builders.ts';
import type { DraftRow } from '#lib/client/state/drafts.svelte.ts';
import { newDraft } from '#lib/domain/draft.ts';
import { binText, draftLine, draftMatches, savedText } from './draft-list.ts';

const allowance = item();
const content = newDraft('a', { code: allowance.code, hash: 'h' }, NOW);
const row = (change: Partial<DraftRow> = {}): DraftRow => ({
  id: 'a',
  itemCode: allowance.code,
  itemHash: 'h',
  owner: 'p',
  updatedAt: NOW,
  deletedAt: null,
  shape: 2,
  content,
  trouble: null,
  ...change,
});
const named = row({
  content: { ...content, applicant: { ...content.applicant, name: '王示例' }, handledBy: 'self' },
});

test('a draft shows its person masked, its item and how far it is', () => {
  expect(draftLine(named, allowance, undefined, TODAY)).toMatchObject({
    title: '王*例·老年人高龄津贴认定',
    note: expect.stringMatching(/^填好了 1 步，有 \d+ 处要改$/) as string,
    caption: '今天 10:00 存',
    damaged: false,
  });
  expect(draftLine(row(), allowance, undefined, TODAY).title).toBe('没填姓名·老年人高龄津贴认定');
});

test('a draft that cannot be read says so, and of what it was', () => {
  const damaged = row({ content: null, trouble: 'damaged' });
  expect(draftLine(damaged, null, '老年人高龄津贴认定', TODAY)).toMatchObject({
    title: '读不出来的草稿·老年人高龄津贴认定',
    note: '存下的内容坏了，读不出来；请重新办一件',
    damaged: true,
  });
  expect(draftLine(row({ content: null, trouble: 'codec' }), null, undefined, TODAY).note).toMatch(/新版/);
});

test('a draft of an item that is not here yet keeps its name and says what to do', () => {
  expect(draftLine(named, null, '老年人高龄津贴认定', TODAY)).toMatchObject({
    title: '王*例·老年人高龄津贴认定',
    note: '它用的那一版事项还没有取到，联网后就能接着填',
  });
});

test('a draft is found by a name in full', () => {
  expect(['王示例', '示', ' 王示 ', ''].map((query) => draftMatches(named, query))).toEqual(
    Array(4).fill(true),
  );
  expect(draftMatches(named, '李')).toBe(false);
  expect(draftMatches(row({ content: null }), '王')).toBe(false);
});

test('when it was saved, and how long the bin keeps it', () => {
  expect(savedText(NOW, '2026-09-21')).toBe('3 天前存');
  expect(savedText(NOW, '2026-12-01')).toBe('2026 年 9 月 18 日 存');
  expect([30, 2, 1, 0].map(binText)).toEqual(['还剩 30 天', '还剩 2 天', '今天之内清掉', '今天之内清掉']);
});
