import { expect, test } from 'vitest';
import { hasWords, wordsOf } from './query-words.ts';

test('every word must be in the text, in any order, width or case; no word is in every text', () => {
  const text = '白道口镇许村 410526102213 xu';
  expect(wordsOf(' 许村　ＸＵ ')).toEqual(['许村', 'xu']);
  expect(hasWords(text, wordsOf('许村 白道口'))).toBe(true);
  expect(hasWords(text, wordsOf('４１０５２６１０２２１３'))).toBe(true);
  expect(hasWords(text, wordsOf('许村 留固'))).toBe(false);
  expect(hasWords(text, wordsOf('  '))).toBe(true);
});
