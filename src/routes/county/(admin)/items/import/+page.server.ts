/** 导入: a workbook is uploaded and read in a thread of its own; nothing is written to the list here. */
import { fail, redirect } from '@sveltejs/kit';
import { beginImport, openImport } from '#lib/server/county/list-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import { BOOK_LIMITS } from '#lib/server/workbook/book.ts';
import { uploadedBook } from '#lib/server/workbook/uploaded-book.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id, county } = await requireAdmin(event);
  const open = await theOffice().store.read((trx) => openImport(trx, { county: county.id, by: id }, 'items'));
  return { open, most: BOOK_LIMITS.file };
};

export const actions: Actions = {
  async default(event) {
    const admin = await requireAdmin(event);
    const book = await uploadedBook(event.request);
    if (!book.ok) return fail(book.status, { problem: book.problem });
    const { store, clock } = theOffice();
    const { fileName, sheets } = book;
    const who = { county: admin.county.id, by: admin.id };
    const id = await beginImport(store, who, { fileName, sheets, now: clock.now() });
    redirect(303, `/county/items/import/${id}`);
  },
};
