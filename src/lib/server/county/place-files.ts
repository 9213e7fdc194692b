/** A county's sites and people as a workbook to fill in, with what each column means. */
import type { placeBook } from '#lib/catalogue/place-book.ts';
import { PLACE_BOOK } from '#lib/catalogue/place-columns.ts';
import type { SheetToWrite } from '../workbook/write-book.ts';
import { explanation, sheetToFill } from './book-files.ts';

export const placeFiles = (book: ReturnType<typeof placeBook>): SheetToWrite[] => [
  ...book.map(({ kind, rows }) => sheetToFill(PLACE_BOOK, kind, rows)),
  explanation(PLACE_BOOK),
];
