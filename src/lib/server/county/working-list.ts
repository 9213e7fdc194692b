/**
 * The county's working list (工作清单): item sheets as they are edited and imported. Only a release publishes them.
 * Everything here takes the county and sees no other. Invariants: `rev` rises by one with every change; whoever writes says
 * which rev they saw, and writes nothing where somebody else was there first; no sheet is ever deleted.
 */
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { ItemSheet } from '#lib/catalogue/sheet.ts';
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import { audit } from '../audit.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import { inSlices } from '../db/in-slices.ts';
import type { ListItemTable } from '../db/schema-list.ts';
import type { Store } from '../db/store.ts';

export interface ListedSheet {
  sheet: ItemSheet;
  rev: number;
  updatedAt: Instant;
  /** Staff id, or `office`. */
  updatedBy: string;
}

const listed = ({ data, rev, updated_at, updated_by }: ListItemTable): ListedSheet => ({
  sheet: JSON.parse(data) as ItemSheet,
  rev,
  updatedAt: updated_at,
  updatedBy: updated_by,
});

/** All sheets of a county by their codes, those of any state. */
export async function readSheets(trx: Trx, county: string): Promise<ListedSheet[]> {
  const rows = await trx
    .selectFrom('list_item')
    .selectAll()
    .where('county', '=', county)
    .orderBy('code')
    .execute();
  return rows.map(listed);
}

/** null for a code that this county's list does not have. */
export async function readSheet(trx: Trx, county: string, code: string): Promise<ListedSheet | null> {
  const row = await trx
    .selectFrom('list_item')
    .selectAll()
    .where('county', '=', county)
    .where('code', '=', code)
    .executeTakeFirst();
  return row ? listed(row) : null;
}

/** A sheet to be written over the one that was seen; `rev` 0 where there was none. */
export interface SheetChange {
  sheet: ItemSheet;
  rev: number;
}

export interface Writing {
  county: string;
  by: string;
  now: Instant;
  /** How it came about: one sheet at the screen, or a workbook. */
  how: 'edited' | 'imported';
  /** What allows a change of the 32 locked elements: the number of the owner's paper. */
  basis?: string;
}

export type Written =
  | { is: 'written' }
  /** Nothing was written. What is there now, or null where a sheet that was seen is there no more. */
  | { is: 'changed'; codes: string[] };

/** Inside one write: all of them, or none. Two changes of one code are a mistake of the caller's. */
export async function writeSheets(
  trx: Trx,
  changes: readonly SheetChange[],
  { county, by, now, how, basis = '' }: Writing,
): Promise<Written> {
  const codes = changes.map(({ sheet }) => sheet.item.code);
  if (new Set(codes).size !== codes.length) throw new RangeError('a code is changed twice');
  const found = new Map<string, number>();
  await inSlices([...codes].sort(), async (slice) => {
    const query = trx
      .selectFrom('list_item')
      .select(['code', 'rev'])
      .where('county', '=', county)
      .where('code', 'in', slice)
      .orderBy('code');
    for (const { code, rev } of await lockRows(trx, query).execute()) found.set(code, rev);
  });
  const changed = changes.filter(({ sheet, rev }) => (found.get(sheet.item.code) ?? 0) !== rev);
  if (changed.length > 0) return { is: 'changed', codes: changed.map(({ sheet }) => sheet.item.code) };

  const rows = changes.map(({ sheet, rev }) => row(county, sheet, { rev: rev + 1, by, now }));
  const overtaken = new Set<string>();
  await inSlices(rows, async (slice) => {
    const kept = await trx
      .insertInto('list_item')
      .values(slice)
      .onConflict((conflict) =>
        conflict
          .columns(['county', 'code'])
          .doUpdateSet((eb) => ({
            data: eb.ref('excluded.data'),
            rev: eb.ref('excluded.rev'),
            updated_at: eb.ref('excluded.updated_at'),
            updated_by: eb.ref('excluded.updated_by'),
          }))
          // a code that was new to both: no row could be locked, so the first one's is seen only here
          .whereRef('list_item.rev', '<', (eb) => eb.ref('excluded.rev')),
      )
      .returning('code')
      .execute();
    const written = new Set(kept.map(({ code }) => code));
    for (const { code } of slice) if (!written.has(code)) overtaken.add(code);
  });
  if (overtaken.size > 0) throw new Overtaken([...overtaken]);
  const what = changes.length === 1 ? { item: codes[0]! } : { items: changes.length };
  const detail = { county, how, ...what, ...(basis === '' ? {} : { basis }) };
  if (changes.length > 0) await audit(trx, now, [{ who: by, what: 'listChanged', detail }]);
  return { is: 'written' };
}

/** The same in a write of its own. */
export async function saveSheets(
  store: Store,
  changes: readonly SheetChange[],
  writing: Writing,
  /** What belongs to it; undone with it. */
  also?: (trx: Trx) => Promise<unknown>,
): Promise<Written> {
  try {
    return await store.write(async (trx) => {
      const written = await writeSheets(trx, changes, writing);
      if (written.is === 'written') await also?.(trx);
      return written;
    });
  } catch (error) {
    if (error instanceof Overtaken) return { is: 'changed', codes: [...error.codes] };
    throw error;
  }
}

/** Somebody added the same code in the same moment: thrown, so that the transaction is undone. */
class Overtaken extends Error {
  override name = 'Overtaken';

  readonly codes: readonly string[];

  constructor(codes: readonly string[]) {
    super('the same codes were added meanwhile');
    this.codes = codes;
  }
}

/** Takes a sheet out of the list (取消): it stays there and can be put back, and the next release leaves it out. */
export async function cancelSheet(
  trx: Trx,
  { code, rev, ...writing }: Writing & { code: string; rev: number },
): Promise<Written> {
  const seen = await readSheet(trx, writing.county, code);
  if (!seen) return { is: 'changed', codes: [code] };
  const standard = { ...seen.sheet.standard, state: '取消', cancelledFrom: chineseDay(writing.now) } as const;
  return writeSheets(trx, [{ sheet: { ...seen.sheet, standard }, rev }], writing);
}

const row = (
  county: string,
  sheet: ItemSheet,
  { rev, by, now }: { rev: number; by: string; now: Instant },
): ListItemTable => ({
  county,
  code: sheet.item.code,
  data: canonicalJson(sheet),
  rev,
  updated_at: now,
  updated_by: by,
});

/** Fills an empty list before the county's first day. */
export async function fillList(
  trx: Trx,
  lists: readonly { county: string; sheets: readonly ItemSheet[] }[],
  made: { by: string; now: Instant },
): Promise<void> {
  const rows = lists.flatMap(({ county, sheets }) =>
    sheets.map((sheet) => row(county, sheet, { rev: 1, ...made })),
  );
  await inSlices(rows, (slice) => trx.insertInto('list_item').values(slice).execute());
}
