/**
 * An import (导入) on its way from the file to the working list: read, its columns said, tried (试算), confirmed. Invariants:
 * nothing is written to the list before 确认; what is confirmed is what was shown, or nothing when the list has changed
 * meanwhile; an import is its county's, and of the person who uploaded it.
 */
import { randomBytes } from 'node:crypto';
import { mappingProblems, type SheetMapping } from '#lib/catalogue/book-mapping.ts';
import { ITEM_BOOK } from '#lib/catalogue/sheet-book.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { planWorkbook } from '../workbook/run-worker.ts';
import { guessColumns, rememberColumns } from './import-columns.ts';
import type { ImportPlan, ReadSheet } from './import-plan.ts';
import { readSheets, saveSheets } from './working-list.ts';

/** The county whose list it is, and the person. */
export interface Importer {
  county: string;
  by: string;
}

export interface PendingImport {
  id: string;
  fileName: string;
  madeAt: Instant;
  sheets: ReadSheet[];
  mappings: SheetMapping[];
  /** null until it was tried. */
  plan: ImportPlan | null;
}

/** Forgotten after it. */
const KEPT_HOURS = 24;
const LONGEST_NAME = 120;

/** Keeps an import that waits. The same person's earlier one is thrown away, whatever it was of. */
export async function keepImport(
  trx: Trx,
  { county, by }: Importer,
  waiting: { fileName: string; stage: 'columns' | 'places'; book: unknown; plan: unknown; now: Instant },
): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const { fileName, stage, book, plan, now } = waiting;
  const old = new Date(Date.parse(now) - KEPT_HOURS * 3_600_000).toISOString();
  await trx
    .deleteFrom('list_import')
    .where((eb) =>
      eb.or([eb('made_at', '<', old), eb.and([eb('county', '=', county), eb('made_by', '=', by)])]),
    )
    .execute();
  await trx
    .insertInto('list_import')
    .values({
      id,
      county,
      made_by: by,
      made_at: now,
      file_name: [...fileName].slice(-LONGEST_NAME).join(''),
      stage,
      book: JSON.stringify(book),
      plan: plan === null ? null : JSON.stringify(plan),
    })
    .execute();
  return id;
}

/** Keeps a workbook of items that was read. */
export const beginImport = (
  store: Store,
  who: Importer,
  { fileName, sheets, now }: { fileName: string; sheets: readonly ReadSheet[]; now: Instant },
): Promise<string> =>
  store.write(async (trx) => {
    const mappings = await guessColumns(trx, who.county, ITEM_BOOK, sheets);
    return keepImport(trx, who, { fileName, stage: 'columns', book: { sheets, mappings }, plan: null, now });
  });

/** Its row, of whatever it is; an import is its county's, and of the person who uploaded it. */
export const ownImport = (trx: Trx, { county, by }: Importer, id: string) =>
  trx
    .selectFrom('list_import')
    .selectAll()
    .where('id', '=', id)
    .where('county', '=', county)
    .where('made_by', '=', by)
    .executeTakeFirst();

/** null for one that is not this person's, or is there no more. */
export async function findImport(trx: Trx, who: Importer, id: string): Promise<PendingImport | null> {
  const row = await ownImport(trx, who, id);
  if (!row || row.stage === 'places') return null;
  const { sheets, mappings } = JSON.parse(row.book) as Pick<PendingImport, 'sheets' | 'mappings'>;
  const plan = row.plan === null ? null : (JSON.parse(row.plan) as ImportPlan);
  return { id, fileName: row.file_name, madeAt: row.made_at, sheets, mappings, plan };
}

/** The import of items, or of places, that this person has begun and neither confirmed nor thrown away. */
export async function openImport(trx: Trx, { county, by }: Importer, of: 'items' | 'places') {
  const row = await trx
    .selectFrom('list_import')
    .select(['id', 'file_name as fileName', 'made_at as madeAt'])
    .select((eb) => eb('plan', 'is not', null).as('tried'))
    .where('county', '=', county)
    .where('made_by', '=', by)
    .where('stage', of === 'places' ? '=' : '!=', 'places')
    .executeTakeFirst();
  return row ? { ...row, tried: Boolean(row.tried) } : null;
}

export const discardImport = (trx: Trx, { county, by }: Importer, id: string): Promise<unknown> =>
  trx
    .deleteFrom('list_import')
    .where('id', '=', id)
    .where('county', '=', county)
    .where('made_by', '=', by)
    .execute();

export type Tried =
  | { is: 'tried' }
  | { is: 'gone' | 'tooLarge' }
  | { is: 'unclear'; problems: ReturnType<typeof mappingProblems> };

/** Tries an import with these columns, writes nothing to the list, and remembers the columns for the county. */
export async function tryImport(
  store: Store,
  who: Importer,
  { id, mappings, now }: { id: string; mappings: readonly SheetMapping[]; now: Instant },
): Promise<Tried> {
  const { pending, listed } = await store.read(async (trx) => ({
    pending: await findImport(trx, who, id),
    listed: await readSheets(trx, who.county),
  }));
  if (!pending) return { is: 'gone' };
  const problems = mappingProblems(ITEM_BOOK, mappings);
  if (problems.length > 0) return { is: 'unclear', problems };

  const planned = await planWorkbook({
    sheets: pending.sheets,
    mappings,
    listed: listed.map(({ sheet, rev }) => ({ sheet, rev })),
  });
  if (planned.is !== 'planned') return { is: 'tooLarge' };
  const { plan } = planned;
  await store.write(async (trx) => {
    await rememberColumns(trx, who.county, { sheets: pending.sheets, mappings }, now);
    await trx
      .updateTable('list_import')
      .set({
        stage: 'checked',
        book: JSON.stringify({ sheets: pending.sheets, mappings }),
        plan: JSON.stringify(plan),
      })
      .where('id', '=', id)
      .execute();
  });
  return { is: 'tried' };
}

export type Confirmed =
  | { is: 'written'; items: number }
  | { is: 'gone' | 'untried' | 'noBasis' }
  /** The list has changed since: it is to be tried again. */
  | { is: 'changed'; codes: string[] };

/** Writes what was shown, all of it or nothing. */
export async function confirmImport(
  store: Store,
  who: Importer,
  { id, basis, now }: { id: string; basis: string; now: Instant },
): Promise<Confirmed> {
  const pending = await store.read((trx) => findImport(trx, who, id));
  if (!pending) return { is: 'gone' };
  const { plan } = pending;
  if (!plan || plan.changes.length === 0) return { is: 'untried' };
  if (plan.touchesLocked && basis === '') return { is: 'noBasis' };
  const changes = plan.changes.map(({ sheet, rev }) => ({ sheet, rev }));
  const writing = { ...who, now, how: 'imported', ...(plan.touchesLocked ? { basis } : {}) } as const;
  const written = await saveSheets(store, changes, writing, (trx) => discardImport(trx, who, id));
  return written.is === 'written' ? { is: 'written', items: changes.length } : written;
}
