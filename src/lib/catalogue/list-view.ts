/** Which sheets of the working list are shown: by department or topic, by state; what words are looked for in. Pure. */
import { pageNumber } from '#lib/domain/page-number.ts';
import { SHEET_STATES, type SheetState } from './enumerations.ts';
import type { ItemSheet } from './sheet.ts';

export interface ListView {
  query: string;
  department: string;
  topic: string;
  /** '' is every state. */
  state: SheetState | '';
  page: number;
}

const LONGEST = 60;

export function readListView(params: URLSearchParams): ListView {
  const text = (key: string): string => (params.get(key) ?? '').slice(0, LONGEST);
  return {
    query: text('q'),
    department: text('department'),
    topic: text('topic'),
    state: SHEET_STATES.find((one) => one === params.get('state')) ?? '',
    page: pageNumber(params),
  };
}

/** The address of a view. */
export function listQuery(view: ListView, change: Partial<ListView> = {}): string {
  const { query, department, topic, state, page } = { ...view, page: 1, ...change };
  const params = new URLSearchParams(
    Object.entries({ q: query, department, topic, state, page: page > 1 ? String(page) : '' }).filter(
      ([, value]) => value !== '',
    ),
  );
  return params.size > 0 ? `?${params.toString()}` : '';
}

/** Each word of a query must be in the name, an everyday word or a code. */
export const sheetText = ({ item }: ItemSheet): string =>
  [item.name, item.code, item.taskCode, ...item.keywords].join('\n');

/** Of those that hold the words: the ones on the chosen branch. */
export const sheetsInView = (sheets: readonly ItemSheet[], view: ListView): ItemSheet[] =>
  sheets.filter(
    (sheet) =>
      (view.department === '' || sheet.item.department === view.department) &&
      (view.topic === '' || sheet.item.topics.includes(view.topic)) &&
      (view.state === '' || sheet.standard.state === view.state),
  );

/** How many sheets each department, or topic, has; the largest first. */
export function countedBy(
  sheets: readonly ItemSheet[],
  names: (sheet: ItemSheet) => readonly string[],
): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const sheet of sheets) for (const name of names(sheet)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'zh'));
}
