import { expect, test } from 'vitest';
import { shortName } from './short-name.ts';

test('a name that fits stays whole; a longer one is cut between characters and says so', () => {
  expect(shortName(' 王示例 ', 3)).toBe('王示例');
  expect(shortName('滑县示例种植专业合作社', 6)).toBe('滑县示例种…');
  expect(shortName('𠮷田𠮷田𠮷田', 3)).toBe('𠮷田…');
});
