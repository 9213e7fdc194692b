/** What a release changes, as rows of a table for people: one a field, a page at a time. Pure. */
import type { Level } from '#lib/domain/item.ts';
import { LEVEL_NAMES } from '#lib/domain/time-limit-words.ts';
import type { ChangeKind } from './item-changes.ts';
import type { ReleaseChanges } from './release-changes.ts';

const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  fact: '内容',
  limit: '时限',
  material: '材料',
  form: '表单',
};

/** A whole form in one cell must not fill the screen. */
const LONGEST = 160;
const cut = (text: string): string =>
  [...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join('')}…` : text;

export interface ChangeRow {
  key: string;
  item: string;
  kind: string;
  where: string;
  from: string;
  to: string;
}

/** 乡镇、街道 */
const levels = (at: readonly Level[]): string => at.map((level) => LEVEL_NAMES[level]).join('、');

/** Field by field; items that come and go on one line each. */
export function changeRows({ added, removed, changed, policy, calendar }: ReleaseChanges): ChangeRow[] {
  const rows: Omit<ChangeRow, 'key'>[] = [
    ...removed.map(({ name, at }) => ({
      item: name,
      kind: '停用',
      where: levels(at),
      from: '在用',
      to: '停用，在办的件照旧办完',
    })),
    ...added.map(({ name, at }) => ({
      item: name,
      kind: '新增',
      where: levels(at),
      from: '没有',
      to: '新增',
    })),
    ...changed.flatMap(({ name, fields }) =>
      fields.map(({ kind, label, from, to }) => ({
        item: name,
        kind: KIND_WORDS[kind],
        where: label,
        from: cut(from ?? '没有'),
        to: cut(to ?? '去掉'),
      })),
    ),
    ...policy.map(({ label, from, to }) => ({ item: '县级规则', kind: '规则', where: label, from, to })),
    ...calendar.map(({ label, from, to }) => ({ item: '工作日历', kind: '日历', where: label, from, to })),
  ];
  return rows.map((row, i) => ({ key: String(i), ...row }));
}

/** A page of them, and how many there are. */
export function pageOf<T>(rows: readonly T[], asked: string | null, onAPage: number) {
  const pages = Math.max(1, Math.ceil(rows.length / onAPage));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked)) || 1));
  return { page, pages, rows: rows.slice((page - 1) * onAPage, page * onAPage), total: rows.length };
}
