/** What is said at the head of a draft whose item has a newer version, or is not offered any more (停办). Pure. */
import { compareVersions, type ItemChange } from '#lib/catalogue/item-changes.ts';
import { versionSentence } from '#lib/catalogue/version-words.ts';
import { formatMonthDay, type Day } from '#lib/domain/day.ts';
import type { Draft } from '#lib/domain/draft.ts';
import type { Item } from '#lib/domain/item.ts';

export interface Versions {
  old: Item;
  /** null: the release in use has it no more. */
  next: Item | null;
  /** What the office said of the older one; null before it was asked. */
  standing: Draft['standing'];
}

export interface VersionWords {
  title: string;
  text: string;
  /** Why the draft cannot be submitted as it is; undefined while the older version is taken. */
  expired: string | undefined;
}

export function versionWords({ old, next, standing }: Versions, today: Day): VersionWords {
  const over = standing !== null && (!standing.taken || (standing.until !== null && standing.until < today));
  const last = standing?.until ? `最后一天是 ${formatMonthDay(standing.until)}。` : '';
  if (next === null) {
    return over
      ? {
          title: '这个事项停办了，不再收件',
          text: `${last}填过的没有丢，还能看、能抄。请找找有没有代替它的事项。`,
          expired: '这个事项停办了，不再收件',
        }
      : {
          title: '这个事项停办了',
          text: stillTaken(standing, today, '过了这天就不收了'),
          expired: undefined,
        };
  }
  const sentence = versionSentence(old, next, compareVersions(old, next));
  return over
    ? {
        title: `旧版已经不收了：${sentence}`,
        text: `${last}换成新版本接着办，填过的会留着。`,
        expired: '旧版已经不收了，请先换成新版本',
      }
    : {
        title: `事项有新版本：${sentence}`,
        text: stillTaken(standing, today, '过了这天只收新版本'),
        expired: undefined,
      };
}

function stillTaken(standing: Draft['standing'], today: Day, afterwards: string): string {
  if (standing === null) return '按原来的还能办到哪天，联网后会写在这里。拿不准就先问乡镇。';
  if (standing.until === null) return '按原来的也能接着办，乡镇会看到用的是旧版。';
  const day = formatMonthDay(standing.until);
  return standing.until === today
    ? `按原来的今天（${day}）是最后一天，${afterwards}。`
    : `按原来的最晚办到 ${day}，${afterwards}。`;
}

export interface ChangeGroup {
  title: string;
  lines: { label: string; text: string }[];
}

const GROUPS: readonly [ItemChange['fields'][number]['kind'], string][] = [
  ['material', '材料'],
  ['form', '填写项'],
  ['limit', '时限'],
  ['fact', '其他'],
];

/** 看看变了什么: everything that differs, what is handed in first. */
export function changeGroups(old: Item, next: Item): ChangeGroup[] {
  const { fields } = compareVersions(old, next);
  return GROUPS.map(([kind, title]) => ({
    title,
    lines: fields
      .filter((one) => one.kind === kind)
      .map(({ label, from, to }) => ({
        label,
        text: from === null ? `新加：${to}` : to === null ? '不要了' : `${from} → ${to}`,
      })),
  })).filter(({ lines }) => lines.length > 0);
}
