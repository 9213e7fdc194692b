/** Which sheet is which and which column means what; then the trial. */
import { error, fail, redirect } from '@sveltejs/kit';
import { ITEM_BOOK } from '#lib/catalogue/sheet-book.ts';
import { mappingsSaid, sheetsToMap } from '#lib/server/county/import-columns.ts';
import { discardImport, findImport, tryImport } from '#lib/server/county/list-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const GONE = '这一份导入已经写入、已经丢弃，或者过了一天。请重新上传';

async function importer(event: Pick<RequestEvent, 'request'>) {
  const { id, county } = await requireAdmin(event);
  return { county: county.id, by: id };
}

export const load: PageServerLoad = async (event) => {
  const who = await importer(event);
  const pending = await theOffice().store.read((trx) => findImport(trx, who, event.params.id));
  if (!pending) error(404, GONE);
  const { id, fileName, sheets, mappings } = pending;
  return { id, fileName, sheets: sheetsToMap(sheets, mappings) };
};

export const actions: Actions = {
  async check(event) {
    const who = await importer(event);
    const { store, clock } = theOffice();
    const { id } = event.params;
    const pending = await store.read((trx) => findImport(trx, who, id));
    if (!pending) error(404, GONE);
    const mappings = mappingsSaid(await event.request.formData(), ITEM_BOOK, pending);
    const tried = await tryImport(store, who, { id, mappings, now: clock.now() });
    if (tried.is === 'gone') error(404, GONE);
    if (tried.is === 'tooLarge') {
      const text = '这一份太大，试算不下来。请分几次导入，或者只留下要改的事项';
      return fail(422, { problems: [{ sheet: 0, text }], mappings });
    }
    if (tried.is === 'unclear') return fail(422, { problems: tried.problems, mappings });
    redirect(303, `/county/items/import/${id}/check`);
  },
  async discard(event) {
    const who = await importer(event);
    await theOffice().store.write((trx) => discardImport(trx, who, event.params.id));
    redirect(303, '/county/items/import');
  },
};
