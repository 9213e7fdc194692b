/** The empty workbook that sites and people are filled into. */
import { placeBook } from '#lib/catalogue/place-book.ts';
import { placeFiles } from '#lib/server/county/place-files.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { xlsxAnswer } from '#lib/server/http/xlsx-answer.ts';
import { writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await requireAdmin(event);
  return xlsxAnswer(await writeWorkbook(placeFiles(placeBook([], []))), '站点人员模板.xlsx');
};
