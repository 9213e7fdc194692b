import { expect, test } from 'vitest';
import { displayWidth, textTable } from './text-table.ts';

test('columns line up although Chinese characters are wide', () => {
  const lines = textTable(
    ['谁', '口令'],
    [
      ['代办员 赵示范', 'a'],
      ['ab', 'b'],
    ],
  );
  expect(lines).toEqual(['谁             口令', '代办员 赵示范  a', 'ab             b']);
  expect(displayWidth(lines[0]!.slice(0, lines[0]!.indexOf('口')))).toBe(15);
});
