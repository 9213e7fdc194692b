/**
 * Which sheet of a workbook is which, and which of its columns means what: guessed from headings, remembered as a county
 * last said it, and decided by a person. Headings are only ever compared, never used as a key of anything. Pure.
 */
import type { Book, BookRow, BookShape, CellProblem, SheetKind } from './sheet-book.ts';

/** A sheet of a file, as texts. */
export interface RawSheet {
  name: string;
  rows: readonly (readonly string[])[];
  /** Cells that could not be read, counted from 0. */
  bad: readonly { row: number; column: number; text: string }[];
}

/** How one sheet is to be read. */
export interface SheetMapping<Kind extends string = SheetKind> {
  /** null: it is left out. */
  kind: Kind | null;
  /** The row of the headings, from 0. */
  heading: number;
  /** Key of the column for each column of the file; '' for one that is left out. */
  columns: string[];
}

/** Headings that a county has given a meaning, by kind: [heading as written, key of the column]. */
export type Remembered<Kind extends string = SheetKind> = Readonly<
  Partial<Record<Kind, readonly (readonly [string, string])[]>>
>;

/** The headings stand in one of the first rows: above them is a title at most. */
const LOOKED_AT = 10;
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s*＊:：]/g, '')
    .replace(/\(.*\)$/, '')
    .toLowerCase();

export function guessMapping<Kind extends string>(
  shape: BookShape<Kind>,
  sheets: readonly RawSheet[],
  remembered: Remembered<Kind>,
): SheetMapping<Kind>[] {
  const taken = new Set<Kind>();
  return sheets.map((sheet) => {
    const best = shape.kinds
      .filter((kind) => !taken.has(kind))
      .map((kind) => bestHeading(shape, sheet, kind, remembered))
      .reduce<Guess<Kind> | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
    if (!best || best.score < 2)
      return { kind: null, heading: 0, columns: (sheet.rows[0] ?? []).map(() => '') };
    taken.add(best.kind);
    return { kind: best.kind, heading: best.heading, columns: best.columns };
  });
}

interface Guess<Kind extends string> {
  kind: Kind;
  heading: number;
  columns: string[];
  score: number;
}

function bestHeading<Kind extends string>(
  shape: BookShape<Kind>,
  sheet: RawSheet,
  kind: Kind,
  remembered: Remembered<Kind>,
): Guess<Kind> {
  const named = plain(sheet.name).includes(plain(shape.titleOf(kind))) ? 0.5 : 0;
  let best: Guess<Kind> = { kind, heading: 0, columns: [], score: 0 };
  sheet.rows.slice(0, LOOKED_AT).forEach((row, heading) => {
    const columns = columnsByHeading(shape, row, kind, remembered);
    const found = columns.filter(Boolean).length;
    if (found > 0 && found + named > best.score) best = { kind, heading, columns, score: found + named };
  });
  return best;
}

/** The meaning of each heading of a row; a meaning is given once, to the first that has it. */
export function columnsByHeading<Kind extends string>(
  shape: BookShape<Kind>,
  row: readonly string[],
  kind: Kind,
  remembered: Remembered<Kind>,
): string[] {
  const columns = shape.columnsOf(kind);
  const known = remembered[kind] ?? [];
  const taken = new Set<string>();
  return row.map((heading) => {
    const wanted = plain(heading);
    if (wanted === '') return '';
    const said = known.find(([one]) => plain(one) === wanted);
    // a county may have said that a heading means nothing
    const key =
      said?.[1] ??
      columns.find((one) => [one.heading, ...(one.also ?? [])].some((name) => plain(name) === wanted))?.key ??
      '';
    if (key === '' || taken.has(key) || !columns.some((one) => one.key === key)) return '';
    taken.add(key);
    return key;
  });
}

/** What is to be remembered of a mapping: every heading with its meaning, '' for those that were left out. */
export function rememberedOf<Kind extends string>(
  sheets: readonly RawSheet[],
  mappings: readonly SheetMapping<Kind>[],
): Remembered<Kind> {
  const kept: Partial<Record<Kind, [string, string][]>> = {};
  sheets.forEach((sheet, i) => {
    const { kind, heading, columns } = mappings[i]!;
    if (!kind) return;
    kept[kind] = (sheet.rows[heading] ?? []).flatMap((text, at): [string, string][] =>
      text === '' ? [] : [[text, columns[at] ?? '']],
    );
  });
  return kept;
}

/** What is wrong with a mapping as a whole, by the number of its sheet. */
export function mappingProblems<Kind extends string>(
  { kinds, titleOf, columnsOf }: BookShape<Kind>,
  mappings: readonly SheetMapping<Kind>[],
): { sheet: number; text: string }[] {
  const problems: { sheet: number; text: string }[] = [];
  if (mappings.every(({ kind }) => kind === null)) {
    problems.push({ sheet: 0, text: `没有一张表认得出来，请选出“${titleOf(kinds[0]!)}”表，再对上各列` });
  }
  mappings.forEach(({ kind, columns }, sheet) => {
    if (!kind) return;
    if (mappings.findIndex((other) => other.kind === kind) < sheet) {
      problems.push({ sheet, text: `已经有一张“${titleOf(kind)}”表了，这一张请选别的，或者不导入` });
    }
    const [owner] = columnsOf(kind);
    if (!columns.includes(owner!.key))
      problems.push({ sheet, text: `没有一列是“${owner!.heading}”，不知道每一行是哪一项` });
    const twice = columnsOf(kind).find(({ key }) => columns.filter((one) => one === key).length > 1);
    if (twice) problems.push({ sheet, text: `有两列都选了“${twice.heading}”，一样只能选一列` });
  });
  return problems;
}

/** The rows below the headings by the keys of their columns; empty rows are passed over. */
export function mappedBook<Kind extends string>(
  sheets: readonly RawSheet[],
  mappings: readonly SheetMapping<Kind>[],
): { book: Book<Kind>; problems: CellProblem<Kind>[] } {
  const book: Partial<Record<Kind, BookRow[]>> = {};
  const problems: CellProblem<Kind>[] = [];
  sheets.forEach((sheet, i) => {
    const { kind, heading, columns } = mappings[i]!;
    if (!kind) return;
    book[kind] = sheet.rows.flatMap((row, at) => {
      if (at <= heading || row.every((text) => text === '')) return [];
      const cells = columns.flatMap((key, column) => (key === '' ? [] : [[key, row[column] ?? '']]));
      return [{ row: at + 1, cells: Object.fromEntries(cells) as Record<string, string> }];
    });
    for (const { row, column, text } of sheet.bad) {
      const key = columns[column] ?? '';
      if (row > heading && key !== '') problems.push({ kind, row: row + 1, column: key, text });
    }
  });
  return { book, problems };
}
