/** Which sheet is that of the sites, which that of the people, and which column means what; then the trial. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { PLACE_BOOK } from '#lib/catalogue/place-columns.ts';
import { mappingsSaid, sheetsToMap } from '#lib/server/county/import-columns.ts';
import { discardImport } from '#lib/server/county/list-import.ts';
import { findPlaces, tryPlaces } from '#lib/server/county/place-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const GONE = '这一份导入已经写入、已经丢弃，或者过了一天。请重新上传';

async function importer(event: Pick<RequestEvent, 'request'>) {
  const { id, county } = await requireAdmin(event);
  return { county: county.id, by: id };
}

export const load: PageServerLoad = async (event) => {
  const who = await importer(event);
  const pending = await theOffice().store.read((trx) => findPlaces(trx, who, event.params.id));
  if (!pending) error(404, GONE);
  return { fileName: pending.fileName, sheets: sheetsToMap(pending.sheets, pending.mappings) };
};

export const actions: Actions = {
  async check(event) {
    const who = await importer(event);
    const { store, clock } = theOffice();
    const { id } = event.params;
    const pending = await store.read((trx) => findPlaces(trx, who, id));
    if (!pending) error(404, GONE);
    const mappings = mappingsSaid(await event.request.formData(), PLACE_BOOK, pending);
    const tried = await tryPlaces(store, who, { id, mappings, now: clock.now() });
    if (tried.is === 'gone') error(404, GONE);
    if (tried.is === 'unclear') return fail(422, { problems: tried.problems, mappings });
    redirect(303, `/county/sites/import/${id}/check`);
  },
  async discard(event) {
    const who = await importer(event);
    await theOffice().store.write((trx) => discardImport(trx, who, event.params.id));
    redirect(303, '/county/sites/import');
  },
};
