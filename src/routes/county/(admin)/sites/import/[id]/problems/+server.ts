/** All problems of a trial as a workbook, each with its cell. */
import { error } from '@sveltejs/kit';
import { PLACE_BOOK } from '#lib/catalogue/place-columns.ts';
import { problemsBook } from '#lib/server/county/book-files.ts';
import { findPlaces } from '#lib/server/county/place-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { xlsxAnswer } from '#lib/server/http/xlsx-answer.ts';
import { theOffice } from '#lib/server/office.ts';
import { writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { id, county } = await requireAdmin(event);
  const who = { county: county.id, by: id };
  const pending = await theOffice().store.read((trx) => findPlaces(trx, who, event.params.id));
  if (!pending?.plan) error(404, '这一份导入已经写入、已经丢弃，或者过了一天。请重新上传');
  const { plan, sheets, mappings } = pending;
  const book = problemsBook(PLACE_BOOK, plan.problems, sheets, mappings);
  return xlsxAnswer(await writeWorkbook(book), '导入问题清单.xlsx');
};
