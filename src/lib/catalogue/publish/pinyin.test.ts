import { describe, expect, test } from 'vitest';
import { readingsOf, syllablesOf } from './pinyin.ts';

describe('pinyin at publish time', () => {
  test.each([
    ['长寿钱', 'chang shou qian'],
    ['校长', 'xiao zhang'],
    ['重病', 'zhong bing'],
    ['重新', 'chong xin'],
    ['调解', 'tiao jie'],
    ['调查', 'diao cha'],
    ['参保', 'can bao'],
    ['银行', 'yin hang'],
    ['给付', 'ji fu'],
    ['会计', 'kuai ji'],
    ['女儿', 'nv er'],
    ['绿化', 'lv hua'],
  ])('%s is read %s', (text, expected) => {
    expect(syllablesOf(text).join(' ')).toBe(expected);
  });

  test('digits, letters and marks are not read', () => {
    expect(syllablesOf('4050（A）补')).toEqual([null, null, null, null, null, null, null, 'bu']);
  });

  test('a character read in two ways keeps its usual reading and one exception', () => {
    const { syllables, exceptions } = readingsOf(['重病', '重度', '😀重新']);
    expect(syllables['zhong']).toBe('重');
    expect(exceptions).toEqual([['😀重新', 2, 'chong']]);
  });
});
