/** The county's sites and people as a workbook, to be changed and imported again. */
import { placeBook } from '#lib/catalogue/place-book.ts';
import { placeFiles } from '#lib/server/county/place-files.ts';
import { knownPlaces } from '#lib/server/county/place-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { xlsxAnswer } from '#lib/server/http/xlsx-answer.ts';
import { theOffice } from '#lib/server/office.ts';
import { writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { county } = await requireAdmin(event);
  const { sites, people } = await theOffice().store.read((trx) => knownPlaces(trx, county.id));
  return xlsxAnswer(await writeWorkbook(placeFiles(placeBook(sites, people))), `${county.name}站点人员.xlsx`);
};
