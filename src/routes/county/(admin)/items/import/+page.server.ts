/** 导入: a workbook is uploaded and read in a thread of its own; nothing is written to the list here. */
import { fail, redirect } from '@sveltejs/kit';
import { beginImport, openImport } from '#lib/server/county/list-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import { BOOK_LIMITS } from '#lib/server/workbook/book.ts';
import { readWorkbook } from '#lib/server/workbook/run-worker.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id, county } = await requireAdmin(event);
  const open = await theOffice().store.read((trx) => openImport(trx, { county: county.id, by: id }));
  return { open: open ?? null, most: BOOK_LIMITS.file };
};

/** Round the file in a form. */
const AROUND = 2_000;

export const actions: Actions = {
  async default(event) {
    const admin = await requireAdmin(event);
    // larger ones would break off in the middle of being read, without a word
    if (Number(event.request.headers.get('content-length')) > BOOK_LIMITS.file + AROUND) {
      return fail(413, {
        problem: `文件超过 ${BOOK_LIMITS.file / 1e6} MB。请删掉图片、空行和多余的表，或者分几次导入`,
      });
    }
    const file = (await event.request.formData()).get('file');
    if (!(file instanceof File) || file.name === '') return fail(400, { problem: '还没有选文件' });
    const book = await readWorkbook(new Uint8Array(await file.arrayBuffer()), file.name);
    if (!book.ok) return fail(422, { problem: book.text, file: file.name });
    const { store, clock } = theOffice();
    const id = await beginImport(
      store,
      { county: admin.county.id, by: admin.id },
      { fileName: file.name, sheets: book.sheets, now: clock.now() },
    );
    redirect(303, `/county/items/import/${id}`);
  },
};
