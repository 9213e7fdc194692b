/** One item of the working list, or a new one. Whoever was overtaken is told, with the other's version, and loses nothing. */
import { error, fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { PARTS, type PartName } from '#lib/catalogue/part-columns.ts';
import { blankSheet, sheetFromEditor, type CellProblem } from '#lib/catalogue/sheet-book.ts';
import { differences } from '#lib/catalogue/sheet-difference.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { readBasis } from '#lib/server/county/basis.ts';
import { nextVersion } from '#lib/server/county/next-version.ts';
import { requireAdmin } from '#lib/server/county/require-admin.ts';
import { cancelSheet, readSheet, readSheets, saveSheets } from '#lib/server/county/working-list.ts';
import { theOffice } from '#lib/server/office.ts';
import type { Actions, PageServerLoad } from './$types';

const NOT_HERE = '本县的清单里没有这一项';
const NEW = 'new';

const cells = v.record(v.string(), v.pipe(v.string(), v.maxLength(20_000)));
const rows = v.pipe(v.array(cells), v.maxLength(400));
const written = v.object({
  cells,
  parts: v.object(Object.fromEntries(PARTS.map(({ name }) => [name, rows])) as Record<PartName, typeof rows>),
});

export const load: PageServerLoad = async (event) => {
  const { county } = await requireAdmin(event);
  const { store, clock } = theOffice();
  const { code } = event.params;
  const today = chineseDay(clock.now());
  if (code === NEW) return { isNew: true, sheet: blankSheet(), rev: 0, today, changed: null };
  const found = await store.read(async (trx) => {
    const listed = await readSheet(trx, county.id, code);
    if (!listed) return null;
    const by = await trx
      .selectFrom('staff')
      .select('name')
      .where('id', '=', listed.updatedBy)
      .executeTakeFirst();
    return { ...listed, name: by?.name ?? '近办' };
  });
  if (!found) error(404, NOT_HERE);
  const changed = { at: found.updatedAt, by: found.name };
  return { isNew: false, sheet: found.sheet, rev: found.rev, today, changed };
};

const wrong = (text: string) => [{ kind: 'items', row: 1, column: '', text } satisfies CellProblem];

export const actions: Actions = {
  async save(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const form = await event.request.formData();
    const rev = Number(form.get('rev'));
    const body = readJson(form.get('sheet'));
    if (!body || !Number.isInteger(rev)) return fail(400, { problems: wrong('内容没有传完整，请再存一次') });
    const { basis, problem } = readBasis(form.get('basis'));
    if (problem !== undefined) return fail(400, { basis: problem, said: basis });

    const isNew = event.params.code === NEW;
    const { old, others } = await store.read(async (trx) => ({
      old: isNew ? null : await readSheet(trx, admin.county.id, event.params.code),
      others: await readSheets(trx, admin.county.id),
    }));
    if (!isNew && !old) error(404, NOT_HERE);
    if (old && old.rev !== rev) return fail(409, { theirs: old.sheet, rev: old.rev });
    const parts = PARTS.map(({ name }) => [
      name,
      body.parts[name].map((row, i) => ({ row: i + 1, cells: row })),
    ]);
    const read = sheetFromEditor(
      body.cells,
      Object.fromEntries(parts) as Parameters<typeof sheetFromEditor>[1],
      old?.sheet ?? null,
    );
    const problems = [
      ...read.problems,
      ...(read.problems.length > 0 ? [] : clashes(read.sheet, isNew, others)),
    ];
    if (problems.length > 0) return fail(422, { problems });
    const found = differences(old?.sheet ?? null, read.sheet);
    if (found.length === 0) return { saved: true, nothing: true };
    const locked = found.some((one) => one.locked);
    if (locked && basis === '') return fail(400, { basis: '改到了锁定的要素，要写依据', said: '' });
    const sheet = nextVersion(old?.sheet ?? null, read.sheet);
    const result = await saveSheets(store, [{ sheet, rev }], {
      county: admin.county.id,
      by: admin.id,
      now: clock.now(),
      how: 'edited',
      ...(locked ? { basis } : {}),
    });
    if (result.is === 'changed') {
      const now = await store.read((trx) => readSheet(trx, admin.county.id, sheet.item.code));
      return now ? fail(409, { theirs: now.sheet, rev: now.rev }) : error(404, NOT_HERE);
    }
    if (isNew) redirect(303, `/county/items/${sheet.item.code}`);
    return { saved: true };
  },
  async cancel(event) {
    const admin = await requireAdmin(event);
    const { store, clock } = theOffice();
    const { code } = event.params;
    const rev = Number((await event.request.formData()).get('rev'));
    const writing = {
      county: admin.county.id,
      by: admin.id,
      now: clock.now(),
      how: 'edited',
      code,
      rev,
    } as const;
    const result = await store.write((trx) => cancelSheet(trx, writing));
    if (result.is === 'changed') {
      const now = await store.read((trx) => readSheet(trx, admin.county.id, code));
      return now ? fail(409, { theirs: now.sheet, rev: now.rev }) : error(404, NOT_HERE);
    }
    redirect(303, '/county/items?state=取消'.replace('取消', encodeURIComponent('取消')));
  },
};

function readJson(text: FormDataEntryValue | null): v.InferOutput<typeof written> | null {
  if (typeof text !== 'string') return null;
  try {
    const read = v.safeParse(written, JSON.parse(text));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/** A code or a name that another item of the list has. */
function clashes(
  { item }: Parameters<typeof differences>[1],
  isNew: boolean,
  others: Awaited<ReturnType<typeof readSheets>>,
): CellProblem[] {
  const problems: CellProblem[] = [];
  if (isNew && others.some(({ sheet }) => sheet.item.code === item.code)) {
    problems.push({
      kind: 'items',
      row: 1,
      column: 'item.code',
      text: '清单里已经有这个编码，请到那一项里改',
    });
  }
  if (others.some(({ sheet }) => sheet.item.name === item.name && sheet.item.code !== item.code)) {
    problems.push({ kind: 'items', row: 1, column: 'item.name', text: '清单里有另一项也叫这个名称' });
  }
  return problems;
}
