import { describe, expect, test } from 'vitest';
import { contactWords, releaseWords } from './device-words.ts';

const now = '2026-09-23T06:02:00.000Z'; // 14:02 in China

describe('last contact is told as people say it, in Chinese days', () => {
  test.each([
    ['2026-09-23T01:00:00.000Z', '今天 09:00', false],
    ['2026-09-22T16:30:00.000Z', '今天 00:30', false],
    ['2026-09-22T15:30:00.000Z', '昨天 23:30', false],
    ['2026-09-21T01:00:00.000Z', '9 月 21 日 09:00', false],
    ['2026-09-20T06:01:00.000Z', '9 月 20 日 14:01·已 3 天', true],
    ['2025-12-31T01:00:00.000Z', '2025 年 12 月 31 日 09:00', true],
  ])('%s', (at, words, silent) => {
    expect(contactWords(at, now)).toEqual({ words, silent });
  });

  test('a device that never came back after it was enrolled is silent', () => {
    expect(contactWords(null, now)).toEqual({ words: '登记后还没有联系过', silent: true });
  });
});

test('a device that is behind names both releases', () => {
  expect(releaseWords(3, 3)).toEqual({ words: '第 3 版', behind: false });
  expect(releaseWords(2, 3)).toEqual({ words: '第 2 版，该换第 3 版', behind: true });
  expect(releaseWords(4, 3)).toEqual({ words: '第 4 版', behind: false });
  expect(releaseWords(1, 0)).toEqual({ words: '第 1 版', behind: false });
  expect(releaseWords(null, 3)).toEqual({ words: '还没有取到', behind: true });
  expect(releaseWords(null, 0)).toEqual({ words: '还没有发布', behind: false });
});
