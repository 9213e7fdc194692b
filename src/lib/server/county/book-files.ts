/** What workbooks of every kind have in common: sheets to fill in, what each column means, problems with their cells. */
import type { SheetMapping } from '#lib/catalogue/book-mapping.ts';
import type { Kind } from '#lib/catalogue/cell-kinds.ts';
import type { BookShape, CellProblem } from '#lib/catalogue/sheet-book.ts';
import { letters, type SheetToWrite } from '../workbook/write-book.ts';
import type { ReadSheet } from './import-plan.ts';

/** @param rows the headings first */
export function sheetToFill<Of extends string>(
  shape: BookShape<Of>,
  kind: Of,
  rows: readonly string[][],
): SheetToWrite {
  const [headings = []] = rows;
  const columns = headings.map((heading) => shape.columnsOf(kind).find((one) => one.heading === heading));
  return {
    name: shape.titleOf(kind),
    rows,
    widths: columns.map((one) => widthOf(one?.kind)),
    choices: columns.flatMap((one, column) => {
      const words = one ? choicesOf(one.kind) : [];
      return words.length > 0 ? [{ column, words }] : [];
    }),
  };
}

const widthOf = (kind: Kind | undefined): number =>
  kind?.is === 'text' ? Math.min(40, Math.max(12, kind.most / 5)) : kind?.is === 'lines' ? 40 : 14;

const choicesOf = (kind: Kind): string[] =>
  kind.is === 'flag' ? ['是', '否'] : kind.is === 'one' ? kind.of.map((one) => kind.words?.[one] ?? one) : [];

function howToFill(kind: Kind): string {
  switch (kind.is) {
    case 'text':
      return `文字，最多 ${kind.most} 个字${kind.lines ? '，可以换行' : ''}`;
    case 'whole':
      return '整数';
    case 'number':
      return '数字';
    case 'flag':
      return '是或否';
    case 'one':
      return `从这些里选一个：${choicesOf(kind).join('、')}`;
    case 'many':
      return kind.of
        ? `可以写几个，用顿号隔开：${kind.of.map((one) => kind.words?.[one] ?? one).join('、')}`
        : '可以写几个，用顿号隔开';
    case 'lines':
      return '可以写几条，一行一条';
    case 'day':
      return '日期，例如 2026-09-01';
  }
}

export const explanation = <Of extends string>({
  kinds,
  titleOf,
  columnsOf,
}: BookShape<Of>): SheetToWrite => ({
  name: '填写说明',
  widths: [12, 24, 10, 16, 60, 40],
  rows: [
    ['哪张表', '哪一列', '必须填', '32要素（拟）', '怎么填', '说明'],
    ...kinds.flatMap((kind) =>
      columnsOf(kind).map((one) => [
        titleOf(kind),
        one.heading,
        one.required ? '必填' : '',
        one.locked ? '锁定' : '',
        howToFill(one.kind),
        one.hint ?? '',
      ]),
    ),
  ],
});

/** Every problem with its cell, and what stands there now. */
export function problemsBook<Of extends string>(
  shape: BookShape<Of>,
  problems: readonly CellProblem<Of>[],
  sheets: readonly ReadSheet[],
  mappings: readonly SheetMapping<Of>[],
): SheetToWrite[] {
  const rows = problems.map((problem) => {
    const { row, text } = problem;
    const { sheet, cell, heading, content } = placeOf(shape, problem, sheets, mappings);
    return [sheet, row === 0 ? '' : String(row), cell, heading, content, text];
  });
  return [
    {
      name: '问题',
      widths: [12, 8, 8, 24, 40, 60],
      rows: [['哪张表', '行', '格', '列', '现在的内容', '怎么了'], ...rows],
    },
  ];
}

/** Where a problem is in the person's own file. */
export function placeOf<Of extends string>(
  { columnsOf, titleOf }: BookShape<Of>,
  { kind, row, column }: CellProblem<Of>,
  sheets: readonly ReadSheet[],
  mappings: readonly SheetMapping<Of>[],
): { sheet: string; cell: string; heading: string; content: string } {
  const at = mappings.findIndex((mapping) => mapping.kind === kind);
  const heading = columnsOf(kind).find(({ key }) => key === column)?.heading ?? '';
  const place = at < 0 || column === '' || row === 0 ? -1 : mappings[at]!.columns.indexOf(column);
  return {
    sheet: sheets[at]?.name ?? titleOf(kind),
    cell: place < 0 ? '' : `${letters(place)}${row}`,
    heading,
    content: place < 0 ? '' : (sheets[at]?.rows[row - 1]?.[place] ?? ''),
  };
}
