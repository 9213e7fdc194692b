/** The head of a draft whose item changed: what is said, and until when it may stay as it is. */
import { describe, expect, it } from 'vitest';
import { item } from '../../../../../tests/support/builders.ts';
import { changeGroups, versionWords } from './newer-version.ts';

const TODAY = '2026-09-18';
const old = item();
const next = item({ promisedDays: 5 });
const until = (day: string | null, taken = true) => ({ hash: 'a'.repeat(64), taken, until: day });
const words = (standing: ReturnType<typeof until> | null, to: typeof next | null = next) =>
  versionWords({ old, next: to, standing }, TODAY);

describe('a newer version', () => {
  it('is told with the last day of the older one', () => {
    expect(words(until('2026-10-09'))).toEqual({
      title: '事项有新版本：承诺时限改为 5 个工作日',
      text: '按原来的最晚办到 10 月 9 日，过了这天只收新版本。',
      expired: undefined,
    });
    expect(words(until(TODAY)).text).toBe('按原来的今天（9 月 18 日）是最后一天，过了这天只收新版本。');
  });
  it('without a last day, or before the office was asked, says so', () => {
    expect(words(until(null)).text).toBe('按原来的也能接着办，乡镇会看到用的是旧版。');
    expect(words(null)).toMatchObject({
      text: expect.stringContaining('联网后会写在这里'),
      expired: undefined,
    });
  });
  it('after the grace is the only way, and that is said at the button too', () => {
    expect(words(until('2026-09-17'))).toEqual({
      title: '旧版已经不收了：承诺时限改为 5 个工作日',
      text: '最后一天是 9 月 17 日。换成新版本接着办，填过的会留着。',
      expired: '旧版已经不收了，请先换成新版本',
    });
    expect(words(until(null, false)).expired).toBe('旧版已经不收了，请先换成新版本');
  });
});

describe('an item that is not offered any more', () => {
  it('is told, and how long it is still taken', () => {
    expect(words(until('2026-10-09'), null)).toEqual({
      title: '这个事项停办了',
      text: '按原来的最晚办到 10 月 9 日，过了这天就不收了。',
      expired: undefined,
    });
  });
  it('after the grace leads to another item; nothing is lost', () => {
    expect(words(until('2026-09-17'), null)).toMatchObject({
      title: '这个事项停办了，不再收件',
      text: expect.stringContaining('填过的没有丢'),
      expired: '这个事项停办了，不再收件',
    });
  });
});

it('the differences come with what is handed in first', () => {
  const [card] = old.materials;
  const changed = item({
    materials: [
      { ...card!, copies: 2 },
      { ...card!, code: 'N1', name: '示例新材料' },
    ],
    form: [],
    promisedDays: 5,
    conditions: '示例条件',
  });
  const groups = changeGroups(old, changed);
  expect(groups.map(({ title }) => title)).toEqual(['材料', '填写项', '时限', '其他']);
  expect(groups[0]!.lines).toContainEqual({ label: '材料“居民身份证”的份数', text: '1 份 → 2 份' });
  expect(groups[0]!.lines).toContainEqual({ label: '材料“居民户口簿”', text: '不要了' });
  expect(groups[0]!.lines.find(({ label }) => label === '材料“示例新材料”')!.text).toMatch(/^新加：/);
});
