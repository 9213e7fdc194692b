/**
 * What stands in the editor of one item, as cells of text, and what it would be as an item: the same reading as of a
 * workbook. When somebody else has changed the item meanwhile, their fields are taken over where this person changed
 * nothing, and the fields that both changed are named; nothing that was typed goes away.
 */
import { cellOf, type Row } from '#lib/catalogue/column.ts';
import { ITEM_COLUMNS } from '#lib/catalogue/item-columns.ts';
import { PARTS, type PartName } from '#lib/catalogue/part-columns.ts';
import { sheetFromEditor, titleOf } from '#lib/catalogue/sheet-book.ts';
import type { ItemSheet } from '#lib/catalogue/sheet.ts';

export type Cells = Record<string, string>;
export interface Written {
  cells: Cells;
  parts: Record<PartName, Cells[]>;
}

/** A sheet as its cells. */
export function writtenOf(sheet: ItemSheet): Written {
  const all = (columns: typeof ITEM_COLUMNS, row: Row): Cells =>
    Object.fromEntries(columns.map((one) => [one.key, cellOf(one, row)]));
  const parts = PARTS.map((part) => [part.name, part.rowsOf(sheet).map((row) => all(part.columns, row))]);
  return {
    cells: all(ITEM_COLUMNS, sheet as unknown as Row),
    parts: Object.fromEntries(parts) as Record<PartName, Cells[]>,
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export class Editor {
  #base: Written;
  cells = $state<Cells>({});
  parts = $state<Record<PartName, Cells[]>>({ materials: [], form: [], links: [], feeItems: [], faq: [] });
  rev = $state(0);

  constructor(sheet: ItemSheet, rev: number) {
    this.#base = writtenOf(sheet);
    this.#take(this.#base, rev);
  }

  #take({ cells, parts }: Written, rev: number): void {
    this.cells = { ...cells };
    this.parts = structuredClone(parts);
    this.rev = rev;
  }

  get written(): Written {
    return $state.snapshot({ cells: this.cells, parts: this.parts });
  }

  get touched(): boolean {
    return !same(this.written, this.#base);
  }

  /** The item as it would be, with everything that is wrong with it. */
  get read() {
    return readWritten(this.written, null);
  }

  /** Somebody else was first: gives the headings of the fields that both changed. */
  rebase(theirs: ItemSheet, rev: number): string[] {
    const [mine, base, other] = [this.written, this.#base, writtenOf(theirs)];
    const both: string[] = [];
    const pick = <T>(name: string, my: T, was: T, their: T): T => {
      if (same(my, was)) return their;
      if (!same(their, was) && !same(my, their)) both.push(name);
      return my;
    };
    const cells = ITEM_COLUMNS.map(({ key, heading }) => [
      key,
      pick(heading, mine.cells[key], base.cells[key], other.cells[key]),
    ]);
    const parts = PARTS.map(({ name }) => [
      name,
      pick(titleOf(name), mine.parts[name], base.parts[name], other.parts[name]),
    ]);
    this.#base = other;
    this.#take(
      { cells: Object.fromEntries(cells) as Cells, parts: Object.fromEntries(parts) as Written['parts'] },
      rev,
    );
    return both;
  }
}

/** What cells say, over the sheet that is there. */
export function readWritten({ cells, parts }: Written, old: ItemSheet | null) {
  const rows = PARTS.map(({ name }) => [name, parts[name].map((row, i) => ({ row: i + 1, cells: row }))]);
  return sheetFromEditor(cells, Object.fromEntries(rows) as Parameters<typeof sheetFromEditor>[1], old);
}
