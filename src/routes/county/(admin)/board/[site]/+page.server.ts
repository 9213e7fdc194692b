/** 看板 of one township and its stations. What the county does not have answers like what does not exist. */
import { error } from '@sveltejs/kit';
import { boardPage } from '#lib/server/county/board/board-page.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const of = { county: county.id, township: event.params.site, now: clock.now() };
  const board = await store.read((trx) => boardPage(trx, of));
  if (!board) error(404, '本县没有这个乡镇或街道');
  return { board };
};
