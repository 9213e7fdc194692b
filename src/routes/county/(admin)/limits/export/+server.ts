/** The figures as a file. */
import { csvAnswer } from '#lib/server/http/csv-answer.ts';
import { figuresFile, fileName } from '#lib/server/county/limit-files.ts';
import { limitLists } from '#lib/server/county/limit-lists.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import { readLimitView } from '#lib/domain/time-limit-view.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { county } = await requireAdmin(event);
  const { list } = readLimitView(event.url.searchParams);
  const lists = await limitLists(theOffice().store, { county: county.id, list });
  return csvAnswer(figuresFile(lists), fileName('时限统计', lists));
};
