/**
 * What an import would do to the list, worked out without writing anything: two seconds of work for two thousand items, so
 * it is done in the thread that reads workbooks. Pure.
 */
import { mappedBook, type RawSheet, type SheetMapping } from '#lib/catalogue/book-mapping.ts';
import { SHEET_KINDS, sheetsFrom, type BookItem, type CellProblem } from '#lib/catalogue/sheet-book.ts';
import { differences, type Difference } from '#lib/catalogue/sheet-difference.ts';
import type { ItemSheet } from '#lib/catalogue/sheet.ts';
import { nextVersion } from './next-version.ts';

export interface ReadSheet extends RawSheet {
  notes: readonly string[];
}

/** What confirming would do. */
export interface ImportPlan {
  /** Items of the workbook that differ from the list and have no problem. */
  changes: { sheet: ItemSheet; rev: number; differences: Difference[] }[];
  /** Items that are as in the list already; items with a problem, which are not written. */
  same: number;
  withProblems: number;
  problems: CellProblem[];
  /** Whether one of the 32 locked elements changes. */
  touchesLocked: boolean;
}

export interface PlanInput {
  sheets: readonly ReadSheet[];
  mappings: readonly SheetMapping[];
  /** The list as it is. */
  listed: readonly { sheet: ItemSheet; rev: number }[];
}

export function planImport({ sheets, mappings, listed }: PlanInput): ImportPlan {
  const current = new Map(listed.map(({ sheet }) => [sheet.item.code, sheet]));
  const revs = new Map(listed.map(({ sheet, rev }) => [sheet.item.code, rev]));
  const mapped = mappedBook(sheets, mappings);
  const read = sheetsFrom(mapped.book, current);
  return planOf(read.items, [...mapped.problems, ...read.problems], current, revs);
}

const cellKey = ({ kind, row, column }: CellProblem): string => `${kind}/${row}/${column}`;

function planOf(
  items: readonly BookItem[],
  general: readonly CellProblem[],
  current: ReadonlyMap<string, ItemSheet>,
  revs: ReadonlyMap<string, number>,
): ImportPlan {
  // a cell that could not be read stands empty: its row must not count as one without a problem
  const hurt = new Set(general.map(({ kind, row }) => `${kind}/${row}`));
  // what an unreadable cell lacks has been said of it
  const told = new Set(general.map(cellKey));
  const all = general.some(({ row }) => row === 0);
  const changes: ImportPlan['changes'] = [];
  let [same, withProblems] = [0, 0];
  for (const { sheet, problems, rows } of items) {
    const { code } = sheet.item;
    const old = current.get(code) ?? null;
    if (problems.length > 0 || all || rows.some((one) => hurt.has(one))) withProblems += 1;
    else {
      const found = differences(old, sheet);
      if (found.length === 0) same += 1;
      else changes.push({ sheet: nextVersion(old, sheet), rev: revs.get(code) ?? 0, differences: found });
    }
  }
  const problems = [
    ...general,
    ...items.flatMap((item) => item.problems.filter((one) => !told.has(cellKey(one)))),
  ].sort((a, b) => SHEET_KINDS.indexOf(a.kind) - SHEET_KINDS.indexOf(b.kind) || a.row - b.row);
  const touchesLocked = changes.some((change) => change.differences.some(({ locked }) => locked));
  return { changes, same, withProblems, problems, touchesLocked };
}
