/** Rows of text as an .xlsx: every cell is text, so that no code loses digits, and none is run as a formula. */
import { writeXlsx, type WriteSheet } from 'hucre/xlsx';
import { guardedText } from '#lib/domain/csv.ts';

export interface SheetToWrite {
  name: string;
  /** The first row is the heading; an empty text leaves the cell empty. */
  rows: readonly (readonly string[])[];
  /** Width of each column in characters. */
  widths?: readonly number[];
  /** What may be chosen in a column, by its number from 0. */
  choices?: readonly { column: number; words: readonly string[] }[];
}

/** Rows below the last one that still offer the choices. */
const MORE_ROWS = 2000;
/** What the file format takes for one list. */
const LONGEST_LIST = 255;

export const writeBook = (sheets: readonly SheetToWrite[]): Promise<Uint8Array> =>
  writeXlsx({ sheets: sheets.map(toWrite) });

function toWrite({ name, rows, widths = [], choices = [] }: SheetToWrite): WriteSheet {
  return {
    name,
    rows: rows.map((row) => row.map((text) => (text === '' ? null : guardedText(text)))),
    columns: widths.map((width) => ({ width, numFmt: '@' })),
    freezePane: { rows: 1 },
    dataValidations: choices
      .filter(({ words }) => words.join(',').length <= LONGEST_LIST)
      .map(({ column, words }) => ({
        type: 'list',
        values: [...words],
        allowBlank: true,
        showErrorMessage: true,
        errorTitle: '没有这一种',
        errorMessage: '请从列表里选',
        range: `${letters(column)}2:${letters(column)}${rows.length + MORE_ROWS}`,
      })),
  };
}

/** 0 is A. */
export const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
