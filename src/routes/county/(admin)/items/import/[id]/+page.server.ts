/** Which sheet is which and which column means what; then the trial. */
import { error, fail, redirect } from '@sveltejs/kit';
import { columnsByHeading, type SheetMapping } from '#lib/catalogue/book-mapping.ts';
import { ITEM_BOOK, SHEET_KINDS } from '#lib/catalogue/sheet-book.ts';
import { discardImport, findImport, tryImport } from '#lib/server/county/list-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const GONE = '这一份导入已经写入、已经丢弃，或者过了一天。请重新上传';
/** Rows of a sheet that show what its columns hold. */
const SAMPLES = 3;

async function importer(event: Pick<RequestEvent, 'request'>) {
  const { id, county } = await requireAdmin(event);
  return { county: county.id, by: id };
}

export const load: PageServerLoad = async (event) => {
  const who = await importer(event);
  const pending = await theOffice().store.read((trx) => findImport(trx, who, event.params.id));
  if (!pending) error(404, GONE);
  return {
    id: pending.id,
    fileName: pending.fileName,
    sheets: pending.sheets.map(({ name, rows, notes }, i) => {
      const mapping = pending.mappings[i]!;
      const width = Math.max(0, ...rows.slice(0, 50).map((row) => row.length));
      return {
        name,
        notes: [...notes],
        rows: rows.length,
        mapping,
        headings: Array.from({ length: width }, (_, at) => rows[mapping.heading]?.[at] ?? ''),
        samples: rows.slice(mapping.heading + 1, mapping.heading + 1 + SAMPLES),
      };
    }),
  };
};

export const actions: Actions = {
  async check(event) {
    const who = await importer(event);
    const { store, clock } = theOffice();
    const { id } = event.params;
    const pending = await store.read((trx) => findImport(trx, who, id));
    if (!pending) error(404, GONE);
    const form = await event.request.formData();
    const mappings = pending.sheets.map(({ rows }, i) => said(form, i, rows, pending.mappings[i]!));
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

/** What the form says of sheet `i`. A kind that was chosen just now brings its own guess of the columns. */
function said(
  form: FormData,
  i: number,
  rows: readonly (readonly string[])[],
  before: SheetMapping,
): SheetMapping {
  const kind = SHEET_KINDS.find((one) => one === form.get(`kind.${i}`)) ?? null;
  const asked = Number(form.get(`heading.${i}`)) - 1;
  const heading = Number.isInteger(asked) && asked >= 0 && asked < rows.length ? asked : before.heading;
  if (kind !== null && (kind !== before.kind || heading !== before.heading)) {
    return { kind, heading, columns: columnsByHeading(ITEM_BOOK, rows[heading] ?? [], kind, {}) };
  }
  const width = Math.max(before.columns.length, ...rows.slice(0, 50).map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) => {
    const key = form.get(`column.${i}.${at}`);
    return typeof key === 'string' ? key : '';
  });
  return { kind, heading, columns };
}
