/** The outcome of the trial: problems by cell, changes field by field; then 确认写入, which writes what was shown. */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { PLACE_BOOK } from '#lib/catalogue/place-columns.ts';
import { placeOf } from '#lib/server/county/book-files.ts';
import { discardImport } from '#lib/server/county/list-import.ts';
import { confirmPlaces, findPlaces } from '#lib/server/county/place-import.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const GONE = '这一份导入已经写入、已经丢弃，或者过了一天。请到站点里看，或者重新上传';
/** Problems and changes that stand on the page; all problems are in the file. */
const MOST_PROBLEMS = 100;
const MOST_CHANGES = 300;

const importer = async (event: Pick<RequestEvent, 'request'>) => {
  const { id, county } = await requireAdmin(event);
  return { county: county.id, by: id };
};

export const load: PageServerLoad = async (event) => {
  const who = await importer(event);
  const pending = await theOffice().store.read((trx) => findPlaces(trx, who, event.params.id));
  if (!pending) error(404, GONE);
  if (!pending.plan) redirect(303, `/county/sites/import/${pending.id}`);
  const { sites, staff, same, withProblems, problems } = pending.plan;
  const all = [
    ...sites.map((one) => ({ ...one, code: one.form.code, name: one.form.name })),
    ...staff.map((one) => ({ ...one, code: one.id ?? `${one.site}，第 ${one.row} 行`, name: one.form.name })),
  ];
  return {
    id: pending.id,
    fileName: pending.fileName,
    counts: {
      added: all.filter(({ id }) => id === null).length,
      changed: all.filter(({ id }) => id !== null).length,
      same,
      withProblems,
      problems: problems.length,
    },
    problems: problems.slice(0, MOST_PROBLEMS).map((problem) => {
      const place = placeOf(PLACE_BOOK, problem, pending.sheets, pending.mappings);
      return { ...place, row: problem.row, text: problem.text };
    }),
    more: Math.max(0, all.length - MOST_CHANGES),
    changes: all
      .slice(0, MOST_CHANGES)
      .map(({ id, code, name, differences }) => ({ code, name, isNew: id === null, differences })),
  };
};

export const actions: Actions = {
  async confirm(event) {
    const who = await importer(event);
    const { store, clock } = theOffice();
    const written = await confirmPlaces(store, { ...who, now: clock.now() }, event.params.id);
    switch (written.is) {
      case 'written':
        redirect(303, `/county/sites?written=${written.sites}-${written.staff}`);
        break;
      case 'gone':
        return error(404, GONE);
      case 'nothing':
        return fail(400, { title: '没有能写入的内容', text: '先改好问题，再上传一次。' });
      case 'changed': {
        const names = written.names.slice(0, 5).join('、');
        const text = `${names}${written.names.length > 5 ? '等' : ''}的改动都在。请回上一步再试算一次，会按新的比较。`;
        return fail(409, { title: `试算以后，有 ${written.names.length} 个被别人改过`, text });
      }
      case 'refused':
        return fail(409, {
          title: `${written.name}：${written.what}`,
          text: `${written.remedy}什么都没有写入。`,
        });
    }
  },
  async discard(event) {
    const who = await importer(event);
    await theOffice().store.write((trx) => discardImport(trx, who, event.params.id));
    redirect(303, '/county/sites/import');
  },
};
