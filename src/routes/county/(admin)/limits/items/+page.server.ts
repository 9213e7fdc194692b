/** The items behind a figure, a page of them at a time. */
import { itemsAt, limitLists } from '#lib/server/county/limit-lists.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import { itemsInView, readLimitView } from '#lib/domain/time-limit-view.ts';
import { byDepartment, byType, timeLimits } from '#lib/domain/time-limits.ts';
import type { PageServerLoad } from './$types';

const ON_A_PAGE = 50;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const read = readLimitView(event.url.searchParams);
  const lists = await limitLists(theOffice().store, { county: county.id, list: read.list });
  const departments = byDepartment(lists.items).map(({ key }) => key);
  const asked = { ...read, department: departments.includes(read.department) ? read.department : '' };
  const items = itemsInView(itemsAt(lists, asked.level), asked);
  const pages = Math.max(1, Math.ceil(items.length / ON_A_PAGE));
  const page = Math.min(asked.page, pages);
  const first = (page - 1) * ON_A_PAGE;
  return {
    view: { ...asked, list: lists.is, page },
    pages,
    first,
    limits: timeLimits(items),
    items: items.slice(first, first + ON_A_PAGE),
    choices: {
      departments,
      levels: lists.levels.map(({ level }) => level),
      types: byType(lists.items).map(({ key }) => key),
    },
  };
};
