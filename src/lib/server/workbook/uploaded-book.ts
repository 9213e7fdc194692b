/** A workbook as it was posted in a form, read in a thread of its own; or why not, in words. */
import { BOOK_LIMITS, type BookReading } from './book.ts';
import { readWorkbook } from './run-worker.ts';

/** Round the file in a form. */
const AROUND = 2_000;

type Sheets = Extract<BookReading, { ok: true }>['sheets'];
export type UploadedBook =
  { ok: true; fileName: string; sheets: Sheets } | { ok: false; status: number; problem: string };

export async function uploadedBook(request: Request): Promise<UploadedBook> {
  // larger ones would break off in the middle of being read, without a word
  if (Number(request.headers.get('content-length')) > BOOK_LIMITS.file + AROUND) {
    const problem = `文件超过 ${BOOK_LIMITS.file / 1e6} MB。请删掉图片、空行和多余的表，或者分几次导入`;
    return { ok: false, status: 413, problem };
  }
  const file = (await request.formData()).get('file');
  if (!(file instanceof File) || file.name === '') return { ok: false, status: 400, problem: '还没有选文件' };
  const book = await readWorkbook(new Uint8Array(await file.arrayBuffer()), file.name);
  return book.ok
    ? { ok: true, fileName: file.name, sheets: book.sheets }
    : { ok: false, status: 422, problem: book.text };
}
