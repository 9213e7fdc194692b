/** 站点情况: every station of the county with its figures, looked for and filtered, a page at a time. */
import { readBoardView } from '#lib/domain/board-view.ts';
import { listStations } from '#lib/server/county/board/board-page.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const of = { county: county.id, now: clock.now(), view: readBoardView(event.url.searchParams) };
  return { list: await store.read((trx) => listStations(trx, of)) };
};
