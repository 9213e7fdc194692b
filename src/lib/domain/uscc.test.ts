import { describe, expect, it, test } from 'vitest';
import { bodyCheck, readUscc, sampleUscc, usccProblemText } from './uscc.ts';

describe('a code that is right by its checks is read', () => {
  test.each([
    ['1141050000552345XB', '1141050000552345XB'],
    ['91350100M000100Y43', '91350100M000100Y43'],
    ['11440232MB2D06811W', '11440232MB2D06811W'],
    ['1141 0500 0055 2345 xb', '1141050000552345XB'],
    ['１１４１０５００００５５２３４５ＸＢ', '1141050000552345XB'],
  ])('%s', (raw, code) => expect(readUscc(raw)).toEqual({ ok: true, code }));

  it('the body has a check of its own', () => expect(bodyCheck('00552345')).toBe('X'));
});

describe('one that is not is named, with the way out', () => {
  test.each([
    ['', '请填写统一社会信用代码'],
    ['1141050000552345X', '统一社会信用代码应是 18 位，现在是 17 位，请对照执照再核一遍'],
    ['11410500O0552345XB', '第 9 位不对（只用数字和字母，没有 I、O、S、V、Z），请对照执照再核一遍'],
    ['1141050000552345XC', '统一社会信用代码有一位不对，请对照执照再核一遍'],
    ['1141050000552354XB', '统一社会信用代码有一位不对，请对照执照再核一遍'],
  ])('“%s”: %s', (raw, text) => {
    const read = readUscc(raw);
    expect(read.ok ? '' : usccProblemText(read)).toBe(text);
  });
});

it('sample codes are right, and no two are the same', () => {
  const codes = Array.from({ length: 500 }, (_, n) => sampleUscc(n));
  expect(codes.every((code) => readUscc(code).ok)).toBe(true);
  expect(new Set(codes).size).toBe(codes.length);
  expect(sampleUscc(1, '410526').slice(2, 10)).toBe('41052699');
  expect(() => sampleUscc(1_000_000)).toThrow(RangeError);
});
