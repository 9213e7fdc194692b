/**
 * A field of a sheet as a column: what it is called, what may stand in it, where it is kept. One table of them drives the
 * workbook, the difference and the editor, so that none of the three forgets a field.
 */
import { readCell, writeCell, type CellRead, type Kind } from './cell-kinds.ts';

/** Something with columns: an item sheet, or one row of a part of it. Changed in place by those who made it. */
export type Row = Record<string, unknown>;

export interface Column {
  /** The same for ever: what a county's mapping and the editor's inputs name. */
  key: string;
  heading: string;
  /** Other headings that mean it. */
  also?: readonly string[];
  kind: Kind;
  /** A new row cannot be without it. */
  required?: true;
  /** One of the 32 elements (32要素（拟）) that only the list's owner changes. */
  locked?: true;
  /** What it is for, where the heading does not say it. */
  hint?: string;
  /** What an empty cell means; without it, the field is taken away. */
  empty?: unknown;
  get: (row: Row) => unknown;
  set: (row: Row, value: unknown) => void;
}

type About = Omit<Column, 'key' | 'heading' | 'kind' | 'get' | 'set'>;

/** A column of what stands at a path, such as `standard.promise.amount`. */
export function column(path: string, heading: string, kind: Kind, about: About = {}): Column {
  const steps = path.split('.');
  return {
    key: path,
    heading,
    kind,
    ...about,
    get: (row) => steps.reduce<unknown>((at, step) => (at as Row | undefined)?.[step], row),
    set: (row, value) => put(row, steps, value),
  };
}

function put(row: Row, [step, ...rest]: readonly string[], value: unknown): void {
  if (step === undefined) return;
  if (rest.length > 0) {
    const inner = (row[step] as Row | undefined) ?? {};
    put(inner, rest, value);
    // an object that holds nothing any more says nothing: `eligibility` of an item for everybody
    if (Object.keys(inner).length === 0) delete row[step];
    else row[step] = inner;
  } else if (value === undefined) delete row[step];
  else row[step] = value;
}

/** What stands in the cell of a row. */
export const cellOf = (one: Column, row: Row): string => writeCell(one.kind, one.get(row));

/** Puts what a cell says into a row; a cell that cannot be read changes nothing. */
export function fillCell(one: Column, row: Row, text: string): CellRead {
  const read = readCell(one.kind, text);
  if (!read.ok) return read;
  if (read.value === undefined && one.required) return { ok: false, text: `没有填${one.heading}` };
  one.set(row, read.value === undefined ? one.empty : read.value);
  return read;
}
