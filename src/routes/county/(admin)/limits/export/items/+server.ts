/** The items that a view shows, all of them, as a file. */
import { csvAnswer } from '#lib/server/http/csv-answer.ts';
import { fileName, itemsFile } from '#lib/server/county/limit-files.ts';
import { itemsAt, limitLists } from '#lib/server/county/limit-lists.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import { itemsInView, readLimitView } from '#lib/domain/time-limit-view.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { county } = await requireAdmin(event);
  const view = readLimitView(event.url.searchParams);
  const lists = await limitLists(theOffice().store, { county: county.id, list: view.list });
  const items = itemsInView(itemsAt(lists, view.level), view);
  return csvAnswer(itemsFile(lists, items), fileName('事项时限', lists));
};
