/** The outcome of the trial: problems by cell, changes field by field; then 确认写入, which writes what was shown. */
import { error, fail, redirect } from '@sveltejs/kit';
import { confirmImport, discardImport, findImport } from '#lib/server/county/list-import.ts';
import { ITEM_BOOK } from '#lib/catalogue/sheet-book.ts';
import { placeOf } from '#lib/server/county/book-files.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { readBasis } from '#lib/server/county/basis.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const GONE = '这一份导入已经写入、已经丢弃，或者过了一天。请到事项清单里看，或者重新上传';
const ON_A_PAGE = 50;
/** Problems that stand on the page; all of them are in the file. */
const MOST_PROBLEMS = 100;
/** A whole form in one cell must not fill the screen. */
const LONGEST = 160;

const cut = (text: string): string =>
  [...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join('')}…` : text;

export const load: PageServerLoad = async (event) => {
  const { id, county } = await requireAdmin(event);
  const who = { county: county.id, by: id };
  const pending = await theOffice().store.read((trx) => findImport(trx, who, event.params.id));
  if (!pending) error(404, GONE);
  if (!pending.plan) redirect(303, `/county/items/import/${pending.id}`);
  const { changes, same, withProblems, problems, touchesLocked } = pending.plan;
  const pages = Math.max(1, Math.ceil(changes.length / ON_A_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(event.url.searchParams.get('page'))) || 1));
  return {
    id: pending.id,
    fileName: pending.fileName,
    counts: {
      added: changes.filter(({ rev }) => rev === 0).length,
      changed: changes.filter(({ rev }) => rev > 0).length,
      same,
      withProblems,
      problems: problems.length,
    },
    touchesLocked,
    page,
    pages,
    problems: problems.slice(0, MOST_PROBLEMS).map((problem) => {
      const { content, ...place } = placeOf(ITEM_BOOK, problem, pending.sheets, pending.mappings);
      return { ...place, content: cut(content), row: problem.row, text: problem.text };
    }),
    changes: changes.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE).map(({ sheet, rev, differences }) => ({
      code: sheet.item.code,
      name: sheet.item.name,
      isNew: rev === 0,
      // of a new item everything is new: what it is stands in the file
      differences: (rev === 0 ? [] : differences).map(({ what, from, to, locked }) => ({
        what,
        from: cut(from),
        to: cut(to),
        locked,
      })),
    })),
  };
};

export const actions: Actions = {
  async confirm(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const form = await event.request.formData();
    const { basis, problem } = readBasis(form.get('basis'));
    if (problem !== undefined) return fail(400, { basis: problem, said: basis });
    const confirmed = await confirmImport(
      store,
      { county: admin.county.id, by: admin.id },
      { id: event.params.id, basis, now: clock.now() },
    );
    switch (confirmed.is) {
      case 'written':
        redirect(303, `/county/items?written=${confirmed.items}`);
        break;
      case 'gone':
        return error(404, GONE);
      case 'noBasis':
        return fail(400, { basis: '改到了锁定的要素，要写依据', said: basis });
      case 'untried':
        return fail(400, { nothing: true, said: basis });
      case 'changed':
        return fail(409, { changed: confirmed.codes, said: basis });
    }
  },
  async discard(event) {
    const { id, county } = await requireAdmin(event);
    const who = { county: county.id, by: id };
    await theOffice().store.write((trx) => discardImport(trx, who, event.params.id));
    redirect(303, '/county/items/import');
  },
};
