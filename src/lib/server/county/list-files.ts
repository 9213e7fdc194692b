/** The working list as workbooks: the template, the export that can be imported again, the digits for exchange. */
import {
  DIGITS,
  serverDigits,
  SERVER_TYPES,
  type Numbering,
  type ServerType,
} from '#lib/catalogue/enumerations.ts';
import { bookOf, ITEM_BOOK, titleOf } from '#lib/catalogue/sheet-book.ts';
import type { ItemSheet } from '#lib/catalogue/sheet.ts';
import type { SheetToWrite } from '../workbook/write-book.ts';
import { explanation, sheetToFill } from './book-files.ts';

/** All sheets of the list, and what each column means. No sheets: the empty template. */
export const listBook = (sheets: readonly ItemSheet[]): SheetToWrite[] => [
  ...bookOf(sheets).map(({ kind, rows }) => sheetToFill(ITEM_BOOK, kind, rows)),
  explanation(ITEM_BOOK),
];

/** The same with digits instead of words, as exchange tables want them; it cannot be imported again. */
export const digitsBook = (sheets: readonly ItemSheet[], numbering: Numbering): SheetToWrite[] =>
  bookOf(sheets).map(({ kind, rows: [headings = [], ...rows] }) => ({
    name: titleOf(kind),
    rows: [headings, ...rows.map((row) => row.map((text, at) => inDigits(headings[at]!, text, numbering)))],
  }));

function inDigits(heading: string, text: string, numbering: Numbering): string {
  if (text === '') return '';
  if (heading === '服务对象') {
    const types = text
      .split('、')
      .filter((one): one is ServerType => SERVER_TYPES.includes(one as ServerType));
    return serverDigits(types, numbering);
  }
  const digits = DIGITS[heading];
  if (!digits) return text;
  // a county's own word for a source is one of the others
  return text
    .split(heading === '办理形式' ? '、' : '\n')
    .map((one) => digits[one] ?? digits.其他 ?? one)
    .join(',');
}
