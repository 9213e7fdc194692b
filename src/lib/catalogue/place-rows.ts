/** Rows of a workbook of sites and people: what is known, what a row would change, how a row is read over what there is. */
import type { NoSiteAtCode, SiteForm } from '#lib/domain/site-keeping.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { StaffForm } from '#lib/domain/staff-keeping.ts';
import { cellOf, fillCell, type Row } from './column.ts';
import { PLACE_BOOK, STATION_WORDS, type PlaceKind, type StationLevel } from './place-columns.ts';
import type { BookRow, CellProblem } from './sheet-book.ts';

export interface KnownSite {
  id: string;
  level: SiteLevel;
  /** Code of the township that manages it; '' for townships. */
  parent: string;
  form: SiteForm;
}
export interface KnownPerson {
  id: string;
  /** Code of the site. */
  site: string;
  form: StaffForm;
}
/** The county as it is: its open sites, its own counter among them, and its people. */
export interface KnownPlaces {
  county: string;
  sites: readonly KnownSite[];
  people: readonly KnownPerson[];
  /** What became of sites whose codes are nobody's now. */
  gone: ReadonlyMap<string, NoSiteAtCode>;
}

export interface Difference {
  what: string;
  from: string;
  to: string;
}
export interface SiteChange {
  row: number;
  /** null: a new one. */
  id: string | null;
  level: StationLevel;
  parent: string;
  before: SiteForm | null;
  form: SiteForm;
  differences: Difference[];
}
export interface PersonChange {
  row: number;
  id: string | null;
  site: string;
  before: StaffForm | null;
  form: StaffForm;
  differences: Difference[];
}
export interface PlacePlan {
  sites: SiteChange[];
  staff: PersonChange[];
  same: number;
  withProblems: number;
  problems: CellProblem<PlaceKind>[];
}

type Told = Readonly<Record<string, string>>;
/** A row read over what there is: its fields, and what is wrong with it by column. */
interface Read {
  fields: Row;
  problems: Record<string, string>;
}

export function readRow(kind: PlaceKind, { cells }: BookRow, before: Row | null): Read {
  const fields: Row = { ...before };
  const problems: Record<string, string> = {};
  for (const one of PLACE_BOOK.columnsOf(kind)) {
    const cell = cells[one.key];
    // so that every rule finds a value of its kind, whatever it then says of it
    if (!before) one.set(fields, one.kind.is === 'many' ? [] : '');
    if (cell === undefined && (before || !one.required)) continue;
    const read = fillCell(one, fields, cell ?? '');
    if (!read.ok) problems[one.key] = read.text;
  }
  return { fields, problems };
}

export function differencesOf(kind: PlaceKind, before: Row, after: Row): Difference[] {
  return PLACE_BOOK.columnsOf(kind).flatMap((one) => {
    const [from, to] = [cellOf(one, before), cellOf(one, after)];
    return from === to ? [] : [{ what: one.heading, from, to }];
  });
}

export const siteRow = ({ form, level, parent }: Pick<KnownSite, 'form' | 'level' | 'parent'>): Row => ({
  ...form,
  level,
  parent,
});
export const personRow = ({ form, site, id }: KnownPerson): Row => ({ ...form, site, id });

export const isStation = (level: SiteLevel): boolean => level === 'village' || level === 'community';
/** What a workbook keeps: stations and townships, not the county's own counter. */
export const isKept = (level: SiteLevel): level is StationLevel => level in STATION_WORDS;

/** Notes what is wrong with a row; whether it may be written. */
export type IsGood = (kind: PlaceKind, row: number, problems: Told) => boolean;
