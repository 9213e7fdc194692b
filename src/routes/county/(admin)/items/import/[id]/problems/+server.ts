/** All problems of a trial as a workbook, each with its cell. */
import { error } from '@sveltejs/kit';
import { ITEM_BOOK } from '#lib/catalogue/sheet-book.ts';
import { problemsBook } from '#lib/server/county/book-files.ts';
import { findImport } from '#lib/server/county/list-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { xlsxAnswer } from '#lib/server/http/xlsx-answer.ts';
import { theOffice } from '#lib/server/office.ts';
import { writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { id, county } = await requireAdmin(event);
  const who = { county: county.id, by: id };
  const pending = await theOffice().store.read((trx) => findImport(trx, who, event.params.id));
  if (!pending?.plan) error(404, '这一份导入已经写入、已经丢弃，或者过了一天。请重新上传');
  const { plan, sheets, mappings } = pending;
  return xlsxAnswer(
    await writeWorkbook(problemsBook(ITEM_BOOK, plan.problems, sheets, mappings)),
    '导入问题清单.xlsx',
  );
};
