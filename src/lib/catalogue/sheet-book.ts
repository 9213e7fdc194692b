/**
 * A list as a workbook of rows, and back: one sheet for the items, one for each part of them, whose rows name their item.
 * Nothing here reads a file. Invariants: `sheetsFrom(bookOf(sheets))` gives the very same sheets; what a workbook does not
 * say stays as it was; an item with any problem is told apart from those without.
 */
import { checkItems } from './item-check.ts';
import { cellOf, fillCell, type Column, type Row } from './column.ts';
import { ITEM_COLUMNS } from './item-columns.ts';
import { PARTS, partNamed, type Part, type PartName } from './part-columns.ts';
import { checkSheet, type SheetProblem } from './sheet-check.ts';
import type { ItemSheet, Standard } from './sheet.ts';
import { workingDays } from './working-days.ts';

export type SheetKind = 'items' | PartName;
export const SHEET_KINDS: readonly SheetKind[] = ['items', ...PARTS.map(({ name }) => name)];

/** Which item a row of a part is of; 事项名称 beside it is for people and is not read. */
export const OWNER: Column = {
  ...ITEM_COLUMNS.find(({ key }) => key === 'item.code')!,
  key: 'owner',
};
const OWNER_NAME = '事项名称（不用填）';

export const titleOf = (kind: SheetKind): string => (kind === 'items' ? '事项' : partNamed(kind).title);
/** All columns of a kind of sheet, those of its owner first. */
export const columnsOf = (kind: SheetKind): readonly Column[] =>
  kind === 'items' ? ITEM_COLUMNS : [OWNER, ...partNamed(kind).columns];

/** What sheets a kind of workbook has. The first column of each says what a row is of, and must be there. */
export interface BookShape<Kind extends string> {
  kinds: readonly Kind[];
  titleOf: (kind: Kind) => string;
  columnsOf: (kind: Kind) => readonly Column[];
}
export const ITEM_BOOK: BookShape<SheetKind> = { kinds: SHEET_KINDS, titleOf, columnsOf };

/** A row of a workbook after its columns are known: what stands in it by the columns' keys. */
export interface BookRow {
  /** As a person counts them, the heading being 1 or more. */
  row: number;
  cells: Readonly<Record<string, string>>;
}
/** A kind that the workbook does not have is missing. */
export type Book<Kind extends string = SheetKind> = Readonly<Partial<Record<Kind, readonly BookRow[]>>>;

export interface CellProblem<Kind extends string = SheetKind> {
  kind: Kind;
  /** 0: the workbook as a whole. */
  row: number;
  /** Key of the column; '' for the row. */
  column: string;
  text: string;
}

/** An item as the workbook would have it. */
export interface BookItem {
  sheet: ItemSheet;
  problems: CellProblem[];
  /** The rows that it was made of, as `kind/row`. */
  rows: string[];
}

/** Rows of text by kind, with a heading each: what is written into a workbook. */
export function bookOf(sheets: readonly ItemSheet[]): { kind: SheetKind; rows: string[][] }[] {
  const items = sheets.map((sheet) => ITEM_COLUMNS.map((one) => cellOf(one, sheet as unknown as Row)));
  const parts = PARTS.map((part) => {
    const rows = sheets.flatMap((sheet) =>
      part
        .rowsOf(sheet)
        .map((row) => [sheet.item.code, sheet.item.name, ...part.columns.map((one) => cellOf(one, row))]),
    );
    const headings = [OWNER.heading, OWNER_NAME, ...part.columns.map(({ heading }) => heading)];
    return { kind: part.name, rows: [headings, ...rows] };
  });
  return [{ kind: 'items', rows: [ITEM_COLUMNS.map(({ heading }) => heading), ...items] }, ...parts];
}

/** The items that a workbook is about, each over what the list has of it now; and what is about no item at all. */
export function sheetsFrom(
  book: Book,
  current: ReadonlyMap<string, ItemSheet>,
): { items: BookItem[]; problems: CellProblem[] } {
  const stray: CellProblem[] = [];
  const found = new Map<string, Draft>();
  for (const line of book.items ?? []) {
    const code = (line.cells['item.code'] ?? '').trim();
    if (code === '') stray.push(problem('items', line.row, 'item.code', '没有写基本编码，不知道是哪一项'));
    else if (found.has(code)) {
      const first = found.get(code)!.line?.row ?? 0;
      stray.push(problem('items', line.row, 'item.code', `基本编码和第 ${first} 行一样，一项只能写一行`));
    } else found.set(code, draftOf(code, line, current));
  }
  for (const part of PARTS) {
    for (const line of book[part.name] ?? []) {
      const code = (line.cells[OWNER.key] ?? '').trim();
      const known = found.get(code) ?? (current.has(code) ? draftOf(code, null, current) : undefined);
      if (!known) {
        const text = code === '' ? '没有写基本编码，不知道是哪一项的' : `“事项”表和现有清单里都没有 ${code}`;
        stray.push(problem(part.name, line.row, OWNER.key, text));
        continue;
      }
      found.set(code, known);
      known.parts.set(part.name, [...(known.parts.get(part.name) ?? []), line]);
    }
  }
  const items = [...found.values()].map(finished);
  return { items, problems: [...stray, ...acrossItems(items, current)] };
}

/** One item as the editor has it: every part is all that the item has of it, also when that is nothing. */
export function sheetFromEditor(
  cells: Readonly<Record<string, string>>,
  parts: Readonly<Record<PartName, readonly BookRow[]>>,
  old: ItemSheet | null,
): BookItem {
  const code = old?.item.code ?? (cells['item.code'] ?? '').trim();
  const known = new Map(old ? [[code, old]] : []);
  const draft = draftOf(code, { row: 1, cells }, known);
  for (const { name } of PARTS) draft.parts.set(name, [...parts[name]]);
  return finished(draft);
}

const problem = (kind: SheetKind, row: number, column: string, text: string): CellProblem => ({
  kind,
  row,
  column,
  text,
});

interface Draft {
  sheet: ItemSheet;
  line: BookRow | null;
  parts: Map<PartName, BookRow[]>;
  problems: CellProblem[];
}

function draftOf(code: string, line: BookRow | null, current: ReadonlyMap<string, ItemSheet>): Draft {
  const old = current.get(code);
  const sheet = old ? structuredClone(old) : blankSheet();
  const draft: Draft = { sheet, line, parts: new Map(), problems: [] };
  if (!line) return draft;
  const row = sheet as unknown as Row;
  for (const one of ITEM_COLUMNS) {
    const cell = line.cells[one.key];
    // a column that the workbook does not have says nothing about what is there
    if (cell === undefined && (old || !one.required)) continue;
    const read = fillCell(one, row, cell ?? '');
    if (!read.ok) draft.problems.push(problem('items', line.row, one.key, read.text));
  }
  settle(sheet, line.cells);
  return draft;
}

/** What follows from what was said: the station's days from the list's limits, its kind of result, the catalogue code. */
export function settle(sheet: ItemSheet, said: Readonly<Record<string, string>>): void {
  const { item, standard } = sheet;
  standard.catalogCode = item.code;
  if (!said['item.statutoryDays']?.trim() && 'standard.anticipate.amount' in said) {
    item.statutoryDays = workingDays(standard.anticipate);
  }
  if (!said['item.promisedDays']?.trim() && 'standard.promise.amount' in said) {
    item.promisedDays = workingDays(standard.promise);
  }
  if ('standard.resultType' in said)
    item.resultType = standard.resultType === '证照' ? 'licence' : 'document';
}

function finished({ sheet, line, parts, problems }: Draft): BookItem {
  /** Rows of the workbook by the keys of the parts' rows. */
  const places = new Map<string, number>();
  for (const [name, lines] of parts) {
    const part = partNamed(name);
    const rows = lines.map((one) => partRow(part, sheet, one, problems));
    rows.forEach((row, i) => {
      places.set(`${name}/${part.keyOf(row) || String(i)}`, lines[i]!.row);
    });
    part.put(sheet, rows);
  }
  // rules over half-read cells would say the same thing twice
  const rules = problems.length > 0 ? [] : checkSheet(sheet);
  const used = [...parts].flatMap(([name, lines]) => lines.map((one) => `${name}/${one.row}`));
  return {
    sheet,
    problems: [...problems, ...rules.map((rule) => atCell(rule, line, places))],
    rows: [...(line ? [`items/${line.row}`] : []), ...used],
  };
}

/** A row over the one of the same key that the list has, so that columns which are not in the workbook stay. */
function partRow(part: Part, sheet: ItemSheet, line: BookRow, problems: CellProblem[]): Row {
  const named = part.blank();
  for (const one of part.columns) fillCell(one, named, line.cells[one.key] ?? '');
  const key = part.keyOf(named);
  const old = key === '' ? undefined : part.rowsOf(sheet).find((known) => part.keyOf(known) === key);
  const row = old ?? part.blank();
  for (const one of part.columns) {
    const cell = line.cells[one.key];
    if (cell === undefined && (old || !one.required)) continue;
    const read = fillCell(one, row, cell ?? '');
    if (!read.ok) problems.push(problem(part.name, line.row, one.key, read.text));
  }
  return row;
}

/** Where in the workbook a rule is broken: the cell, or the row of the item when the workbook does not have the cell. */
function atCell(rule: SheetProblem, line: BookRow | null, places: ReadonlyMap<string, number>): CellProblem {
  const { part, row, column, text } = rule;
  if (part === 'item') return problem('items', line?.row ?? 0, column, text);
  const place = places.get(`${part}/${row}`);
  if (place !== undefined) return problem(part, place, column, text);
  return problem('items', line?.row ?? 0, '', `${titleOf(part)}：${row === '' ? '' : `${row} `}${text}`);
}

/** Two items of the whole list with one name, said at those that the workbook brings. */
function acrossItems(items: readonly BookItem[], current: ReadonlyMap<string, ItemSheet>): CellProblem[] {
  if (items.some(({ problems }) => problems.length > 0)) return [];
  const all = new Map([...current].map(([code, { item }]) => [code, item]));
  for (const { sheet } of items) all.set(sheet.item.code, sheet.item);
  return checkItems([...all.values()]).map(({ where, text }) => problem('items', 0, '', `${where}：${text}`));
}

/** A sheet of which nothing is said yet. */
export function blankSheet(): ItemSheet {
  const sheet = {
    item: { materials: [], form: [], resultType: 'document' },
    standard: {
      catalogCode: '',
      materials: [],
      links: [],
      feeItems: [],
      faq: [],
      anticipate: {},
      promise: {},
    },
    synthetic: false,
  } as unknown as ItemSheet;
  for (const one of ITEM_COLUMNS) {
    one.set(sheet as unknown as Row, one.empty ?? FIRST[one.kind.is] ?? undefined);
  }
  const row = sheet as unknown as { item: Row; standard: Partial<Standard> };
  delete row.item.mustAppear;
  delete row.item.eligibility;
  return sheet;
}
/** So that every rule finds a value of its kind, whatever it then says of it. */
const FIRST: Partial<Record<Column['kind']['is'], unknown>> = { text: '', one: '', many: [], lines: [] };
