/**
 * A workbook of sites and people: read, its columns said, tried, confirmed or thrown away, for a day (the table is that of the
 * list's imports, list-import.ts). Invariants: nothing is written before it is confirmed, then all that was shown or
 * nothing; whoever was changed by somebody else meanwhile is told, and not written over.
 */
import { mappedBook, mappingProblems, type SheetMapping } from '#lib/catalogue/book-mapping.ts';
import { PLACE_BOOK, type PlaceKind } from '#lib/catalogue/place-columns.ts';
import { planPlaces } from '#lib/catalogue/place-plan.ts';
import type { KnownPerson, KnownPlaces, KnownSite, PlacePlan } from '#lib/catalogue/place-rows.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Role } from '#lib/domain/roles.ts';
import { siteRefusalWords, type NoSiteAtCode, type SiteForm } from '#lib/domain/site-keeping.ts';
import { staffRefusalWords } from '#lib/domain/staff-keeping.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { guessColumns, rememberColumns } from './import-columns.ts';
import type { ReadSheet } from './import-plan.ts';
import { addSite, editSite, type Keeping } from './keep-sites.ts';
import { addStaff, editStaff } from './keep-staff.ts';
import { discardImport, keepImport, ownImport, type Importer } from './list-import.ts';

export interface PendingPlaces {
  id: string;
  fileName: string;
  sheets: ReadSheet[];
  mappings: SheetMapping<PlaceKind>[];
  /** null until it was tried. */
  plan: PlacePlan | null;
}

/** The county as it is: what a workbook is compared with, and what an export writes. */
export async function knownPlaces(trx: Trx, county: string): Promise<KnownPlaces> {
  const rows = await trx
    .selectFrom('site')
    .selectAll()
    .where('county', '=', county)
    .orderBy('code')
    .execute();
  const codes = new Map(rows.map(({ id, code }) => [id, code]));
  const isOpen = ({ status }: (typeof rows)[number]): boolean => status !== 'closed';
  const sites = rows.filter(isOpen).map((row): KnownSite => ({
    id: row.id,
    level: row.level,
    parent: row.township === null || row.township === row.id ? '' : (codes.get(row.township) ?? ''),
    form: {
      name: row.name,
      code: row.code,
      address: row.address ?? '',
      phone: row.phone ?? '',
      supervisionPhone: row.supervision_phone ?? '',
      hours: row.hours ?? '',
    },
  }));
  const used = new Set(sites.map(({ form }) => form.code));
  const gone = new Map(
    rows
      .filter((row) => !isOpen(row) && !used.has(row.code))
      .map((row): [string, NoSiteAtCode] => [
        row.code,
        { is: 'closed', id: row.id, fullName: row.full_name },
      ]),
  );
  const staff = await trx
    .selectFrom('staff')
    .select(['id', 'site', 'name', 'roles', 'department', 'login'])
    .where('county', '=', county)
    .where('status', '=', 'active')
    .orderBy('id')
    .execute();
  const people = staff.map(({ id, site, name, roles, department, login }): KnownPerson => ({
    id,
    site: codes.get(site) ?? '',
    form: { name, roles: JSON.parse(roles) as Role[], department: department ?? '', login: login ?? '' },
  }));
  return { county: codes.get(county) ?? '', sites, people, gone };
}

/** Keeps a workbook of sites and people that was read. */
export const beginPlaces = (
  store: Store,
  who: Importer,
  { fileName, sheets, now }: { fileName: string; sheets: readonly ReadSheet[]; now: Instant },
): Promise<string> =>
  store.write(async (trx) => {
    const mappings = await guessColumns(trx, who.county, PLACE_BOOK, sheets);
    return keepImport(trx, who, { fileName, stage: 'places', book: { sheets, mappings }, plan: null, now });
  });

/** null for one that is not this person's, or is there no more. */
export async function findPlaces(trx: Trx, who: Importer, id: string): Promise<PendingPlaces | null> {
  const row = await ownImport(trx, who, id);
  if (row?.stage !== 'places') return null;
  const book = JSON.parse(row.book) as Pick<PendingPlaces, 'sheets' | 'mappings'>;
  const plan = row.plan === null ? null : (JSON.parse(row.plan) as PlacePlan);
  return { id, fileName: row.file_name, ...book, plan };
}

export type PlacesTried =
  { is: 'tried' | 'gone' } | { is: 'unclear'; problems: ReturnType<typeof mappingProblems> };

/** Tries an import with these columns, writes no site and no person, and remembers the columns for the county. */
export const tryPlaces = (
  store: Store,
  who: Importer,
  { id, mappings, now }: { id: string; mappings: readonly SheetMapping<PlaceKind>[]; now: Instant },
): Promise<PlacesTried> =>
  store.write(async (trx): Promise<PlacesTried> => {
    const pending = await findPlaces(trx, who, id);
    if (!pending) return { is: 'gone' };
    const unclear = mappingProblems(PLACE_BOOK, mappings);
    if (unclear.length > 0) return { is: 'unclear', problems: unclear };
    const { sheets } = pending;
    const { book, problems } = mappedBook(sheets, mappings);
    const plan = planPlaces(book, await knownPlaces(trx, who.county), problems);
    await rememberColumns(trx, who.county, { sheets, mappings }, now);
    await trx
      .updateTable('list_import')
      .set({ book: JSON.stringify({ sheets, mappings }), plan: JSON.stringify(plan) })
      .where('id', '=', id)
      .execute();
    return { is: 'tried' };
  });

export type PlacesWritten =
  | { is: 'written'; sites: number; staff: number }
  | { is: 'gone' | 'nothing' }
  /** What it was compared with is no longer so. */
  | { is: 'changed'; names: string[] }
  | { is: 'refused'; name: string; what: string; remedy: string };

class NotWritten extends Error {
  readonly why: PlacesWritten;
  constructor(why: PlacesWritten) {
    super(why.is);
    this.why = why;
  }
}

export async function confirmPlaces(store: Store, keeping: Keeping, id: string): Promise<PlacesWritten> {
  const who = { county: keeping.county, by: keeping.by };
  try {
    return await store.write(async (trx): Promise<PlacesWritten> => {
      const pending = await findPlaces(trx, who, id);
      if (!pending) return { is: 'gone' };
      const { plan } = pending;
      if (!plan || plan.sites.length + plan.staff.length === 0) return { is: 'nothing' };
      const { sites, staff } = plan;
      const names = changedSince(plan, await knownPlaces(trx, keeping.county));
      if (names.length > 0) return { is: 'changed', names };
      await write(trx, keeping, plan);
      await discardImport(trx, who, id);
      return { is: 'written', sites: sites.length, staff: staff.length };
    });
  } catch (error) {
    // all of it or nothing
    if (error instanceof NotWritten) return error.why;
    throw error;
  }
}

/** Sites and people whose trial was of something else than what there is. */
function changedSince({ sites, staff }: PlacePlan, known: KnownPlaces): string[] {
  const bySite = new Map(known.sites.map((one) => [one.id, one.form]));
  const byCode = new Set(known.sites.map(({ form }) => form.code));
  const people = new Map(known.people.map((one) => [one.id, one.form]));
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...sites
      .filter(({ id, before, form }) =>
        id === null ? byCode.has(form.code) : !same(ordered(bySite.get(id)), ordered(before)),
      )
      .map(({ form }) => form.name),
    ...staff
      .filter(({ id, before }) => id !== null && !same(people.get(id), before))
      .map(({ form }) => form.name),
  ];
}
const ordered = (form: SiteForm | null | undefined) => form && Object.entries(form).sort();

async function write(trx: Trx, keeping: Keeping, { sites, staff }: PlacePlan): Promise<void> {
  const rows = await trx
    .selectFrom('site')
    .select(['id', 'code'])
    .where('county', '=', keeping.county)
    .where('status', '!=', 'closed')
    .execute();
  const ids = new Map(rows.map(({ id, code }) => [code, id]));
  for (const { id, level, parent, form } of sites) {
    const above = parent === '' ? keeping.county : (ids.get(parent) ?? '');
    const kept =
      id === null
        ? await addSite(trx, keeping, { parent: above, level, form })
        : await editSite(trx, keeping, { id, form });
    if (kept.is === 'refused')
      throw new NotWritten({ is: 'refused', name: form.name, ...siteRefusalWords(kept.why, kept.count) });
    ids.set(form.code, kept.id);
  }
  for (const { id, site, form } of staff) {
    const kept =
      id === null
        ? await addStaff(trx, keeping, { site: ids.get(site) ?? '', form })
        : await editStaff(trx, keeping, { id, form });
    if (kept.is === 'refused')
      throw new NotWritten({ is: 'refused', name: form.name, ...staffRefusalWords(kept.why) });
  }
}
