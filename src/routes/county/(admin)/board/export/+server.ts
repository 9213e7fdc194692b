/** The board as a file, of the county or of one township. */
import { error } from '@sveltejs/kit';
import { boardFile } from '#lib/server/county/board/board-file.ts';
import { boardOf } from '#lib/server/county/board/board.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { csvAnswer } from '#lib/server/http/csv-answer.ts';
import { theOffice } from '#lib/server/office.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const township = event.url.searchParams.get('township');
  const of = { county: county.id, now: clock.now(), ...(township === null ? {} : { township }) };
  const board = await store.read((trx) => boardOf(trx, of));
  if (!board) error(404, '本县没有这个乡镇或街道');
  return csvAnswer(boardFile(board), `看板-${board.township?.name ?? county.name}.csv`);
};
