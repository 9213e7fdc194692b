import { expect, test } from 'vitest';
import { csvCell, csvFile } from './csv.ts';

test.each(['=1+1', '+86', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '=cmd|calc'])(
  'a cell that begins like a formula is text: %j',
  (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  },
);

test('long numbers are text, so that no digit is lost; short ones and days are as they are', () => {
  expect(csvCell('41052619440305001X')).toBe("'41052619440305001X");
  expect(['2026-09-18', '5', '王示例'].map(csvCell)).toEqual(['2026-09-18', '5', '王示例']);
  expect([csvCell(5), csvCell(-1), csvCell(null)]).toEqual(['5', '-1', '']);
});

test('commas, quotes and line ends stay inside their cell', () => {
  expect(csvCell('甲,乙')).toBe('"甲,乙"');
  expect(csvCell('他说"好"')).toBe('"他说""好"""');
  expect(csvCell('一\n二')).toBe('"一\n二"');
});

test('the file begins with the mark by which Excel reads Chinese, and ends its lines as Windows does', () => {
  expect(csvFile([['甲', 1]])).toBe('\uFEFF甲,1\r\n');
});
