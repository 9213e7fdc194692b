/** The working list as a workbook: in words, to be changed and imported again; in digits, for exchange. */
import { digitsBook, listBook } from '#lib/server/county/list-files.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { readSheets } from '#lib/server/county/working-list.ts';
import { xlsxAnswer } from '#lib/server/http/xlsx-answer.ts';
import { theOffice } from '#lib/server/office.ts';
import { writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { RequestHandler } from './$types';

const NAMES = { standard: '国标代码', national: '国家平台代码' } as const;

export const GET: RequestHandler = async (event) => {
  const { county } = await requireAdmin(event);
  const listed = await theOffice().store.read((trx) => readSheets(trx, county.id));
  const sheets = listed.map(({ sheet }) => sheet);
  const asked = event.url.searchParams.get('codes');
  const made = sheets.some(({ synthetic }) => synthetic) ? '-含模拟' : '';
  if (asked === 'standard' || asked === 'national') {
    const book = await writeWorkbook(digitsBook(sheets, asked));
    return xlsxAnswer(book, `${county.name}事项清单-${NAMES[asked]}${made}.xlsx`);
  }
  return xlsxAnswer(await writeWorkbook(listBook(sheets)), `${county.name}事项清单${made}.xlsx`);
};
