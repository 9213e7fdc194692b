/** 事项清单: the county's working list, by department and topic, a page at a time. */
import { redirect } from '@sveltejs/kit';
import { countedBy, readListView, sheetsInView, sheetText } from '#lib/catalogue/list-view.ts';
import { SHEET_STATES } from '#lib/catalogue/enumerations.ts';
import { findRows } from '#lib/server/county/find-rows.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { publishedItems, startList } from '#lib/server/county/start-list.ts';
import { readSheets } from '#lib/server/county/working-list.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const ON_A_PAGE = 50;

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const view = readListView(event.url.searchParams);
  const { listed, published } = await theOffice().store.read(async (trx) => {
    const sheets = await readSheets(trx, county.id);
    const from = sheets.length > 0 ? [] : await publishedItems(trx, county.id);
    return { listed: sheets, published: from.length };
  });
  const all = listed.map(({ sheet }) => sheet);
  const found = sheetsInView(findRows(all, view.query, sheetText), view);
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const page = Math.min(view.page, pages);
  const written = Number(event.url.searchParams.get('written'));
  return {
    view: { ...view, page },
    pages,
    total: all.length,
    /** Items that were published before there was a list; only asked for while it is empty. */
    published,
    synthetic: all.filter((sheet) => sheet.synthetic).length,
    found: found.length,
    written: Number.isInteger(written) && written > 0 ? written : 0,
    states: SHEET_STATES.map((state) => ({
      name: state,
      count: all.filter(({ standard }) => standard.state === state).length,
    })),
    departments: countedBy(all, ({ item }) => [item.department]),
    topics: countedBy(all, ({ item }) => item.topics),
    rows: found.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE).map(({ item, standard, synthetic }) => ({
      code: item.code,
      name: item.name,
      type: item.type,
      department: item.department,
      levels: item.levels,
      promisedDays: item.promisedDays,
      materials: item.materials.length,
      fields: item.form.length,
      state: standard.state,
      version: standard.version,
      synthetic,
    })),
  };
};

export const actions: Actions = {
  async start(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const { written, items } = await startList(store, {
      county: admin.county.id,
      by: admin.id,
      now: clock.now(),
    });
    // twice pressed, or begun by somebody else: it is there, which is what was wanted
    redirect(303, written.is === 'written' && items > 0 ? `/county/items?written=${items}` : '/county/items');
  },
};
