/** A workbook (工作簿) as read: texts in rows, and what was wrong with the file or with single cells. */

export interface BookSheet {
  name: string;
  /** Trimmed texts; row 0 is the first row of the file. Rows may be of different lengths. */
  rows: string[][];
  /** Cells that could not be read, counted from 0. */
  bad: { row: number; column: number; text: string }[];
  /** What a person should know of how it was read. */
  notes: string[];
}

/** Why a file is not read at all. */
export type BookFault =
  | 'empty'
  | 'tooLarge'
  | 'oldExcel'
  | 'wpsTable'
  | 'password'
  | 'otherFormat'
  | 'noWorkbook'
  | 'damaged'
  | 'bomb'
  | 'lyingSize'
  | 'tooManySheets'
  | 'tooManyRows'
  | 'tooManyColumns'
  | 'tooManyCells'
  | 'encoding'
  | 'tooSlow'
  | 'tooMuchMemory';

/** Thrown inside the reader, handed out as a value by it. */
export class BookRefused extends Error {
  override name = 'BookRefused';
  readonly fault: BookFault;
  /** What happened and what to do, for the person who uploads. */
  readonly chinese: string;

  constructor(fault: BookFault, chinese: string) {
    super(fault);
    this.fault = fault;
    this.chinese = chinese;
  }
}

export type BookReading = { ok: true; sheets: BookSheet[] } | { ok: false; fault: BookFault; text: string };

/** Enough for three times the largest list known (2,185 items). */
export const BOOK_LIMITS = {
  /** Bytes of the file; the office's door takes 5 MB in all. */
  file: 4_500_000,
  entries: 500,
  /** Bytes unpacked, all together. */
  unpacked: 80_000_000,
  sheets: 20,
  rows: 30_000,
  columns: 200,
  cells: 600_000,
} as const;

export const SAVE_AS_XLSX = '请用 Excel 或 WPS 打开，选“另存为”，类型选“Excel 工作簿（*.xlsx）”，再上传';
