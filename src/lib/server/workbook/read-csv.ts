/** A table of text: UTF-8, UTF-16 (Excel’s “Unicode 文本”) or GB18030 (Excel’s “CSV” in China), told by the bytes. */
import { parseCsv } from 'hucre/csv';
import { BOOK_LIMITS, BookRefused, type BookSheet } from './book.ts';
import { cleanText } from './clean-text.ts';

export function readCsv(file: Buffer, name: string): BookSheet {
  const { text, encoding } = decode(file);
  if (text.includes('\0')) {
    throw new BookRefused('otherFormat', '这个文件不是表格。请上传 .xlsx 或 .csv 文件');
  }
  const rows: string[][] = [];
  let cells = 0;
  for (const row of parseCsv(text, { maxRows: BOOK_LIMITS.rows + 1 })) {
    cells += row.length;
    rows.push(row.map((cell) => cleanText(String(cell ?? ''))));
  }
  if (rows.length > BOOK_LIMITS.rows) {
    throw new BookRefused('tooManyRows', `这个文件超过 ${BOOK_LIMITS.rows} 行。请分几次导入`);
  }
  if (cells > BOOK_LIMITS.cells) {
    throw new BookRefused('tooManyCells', `这个文件里不止 ${BOOK_LIMITS.cells / 10_000} 万格。请分几次导入`);
  }
  if (rows.some((row) => row.length > BOOK_LIMITS.columns)) {
    throw new BookRefused('tooManyColumns', `这个文件超过 ${BOOK_LIMITS.columns} 列。请只留下要导入的几列`);
  }
  const notes = encoding === 'utf-8' ? [] : [`按 ${encoding.toUpperCase()} 编码读的。`];
  return { name: name.replace(/\.[^.]*$/, ''), rows, bad: [], notes };
}

function decode(file: Buffer): { text: string; encoding: string } {
  const marks: readonly (readonly [string, number, number])[] = [
    ['utf-16le', 0xff, 0xfe],
    ['utf-16be', 0xfe, 0xff],
  ];
  const marked = marks.find(([, first, second]) => file[0] === first && file[1] === second)?.[0];
  for (const encoding of marked === undefined ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(file), encoding };
    } catch {
      // not in this encoding
    }
  }
  const text = '认不出这个文件的文字编码。请用 Excel 或 WPS 打开，另存为“CSV UTF-8”或“.xlsx”再上传';
  throw new BookRefused('encoding', text);
}
