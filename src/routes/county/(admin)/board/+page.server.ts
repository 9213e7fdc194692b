/** 看板: the county's stations as they stand now. */
import { boardPage } from '#lib/server/county/board/board-page.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const board = await store.read((trx) => boardPage(trx, { county: county.id, now: clock.now() }));
  return { board: board! };
};
