/** The empty workbook that a list is filled into. */
import { listBook } from '#lib/server/county/list-files.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { xlsxAnswer } from '#lib/server/http/xlsx-answer.ts';
import { writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  await requireAdmin(event);
  return xlsxAnswer(await writeWorkbook(listBook([])), '事项清单模板.xlsx');
};
