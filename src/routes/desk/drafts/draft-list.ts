/** How a draft reads in a list, and whether what was typed into the search is about it. Pure. */
import type { DraftRow } from '#lib/client/state/drafts.svelte.ts';
import { applicantOf, draftSteps, readDraft } from '#lib/domain/draft.ts';
import { chineseDay, daysBetween, formatDay, formatTime, type Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskName } from '#lib/domain/masking.ts';

export interface DraftLine {
  id: string;
  title: string;
  note: string;
  caption: string;
  /** Steps that need a change. */
  wrong: number;
  /** Its box cannot be read: it can only be thrown away. */
  damaged: boolean;
}

const TROUBLES = {
  damaged: '存下的内容坏了，读不出来；请重新办一件',
  codec: '是更新的程序存下的，这一版读不出来；请先联网换上新版',
} as const;

/** 今天 14:02 存, 3 天前存 */
export function savedText(updatedAt: string, today: Day): string {
  const days = daysBetween(chineseDay(updatedAt), today);
  if (days <= 0) return `今天 ${formatTime(updatedAt)} 存`;
  return days < 30 ? `${days} 天前存` : `${formatDay(chineseDay(updatedAt))} 存`;
}

/** `listed`: the item's name by the list, for when its version is not here. */
export function draftLine(
  draft: DraftRow,
  item: Item | null | undefined,
  listed: string | undefined,
  today: Day,
): DraftLine {
  const { id, trouble, updatedAt } = draft;
  const content = draft.content && readDraft(draft.content);
  const name = content === null ? '' : applicantOf(content, today).name.trim();
  const what = item?.name ?? listed ?? '事项';
  const caption = savedText(updatedAt, today);
  if (trouble !== null) {
    return { id, title: `读不出来的草稿·${what}`, note: TROUBLES[trouble], caption, wrong: 0, damaged: true };
  }
  const steps = content && item ? draftSteps(content, item, today) : [];
  const wrong = steps.reduce((sum, step) => sum + (step.is === 'wrong' ? step.problems.length : 0), 0);
  const done = steps.filter((step) => step.is === 'done').length;
  return {
    id,
    title: `${name === '' ? '没填姓名' : maskName(name)}·${what}`,
    note: item
      ? `${done === 0 ? '还没有填好的步骤' : `填好了 ${done} 步`}${wrong > 0 ? `，有 ${wrong} 处要改` : ''}`
      : '它用的那一版事项还没有取到，联网后就能接着填',
    caption,
    wrong,
    damaged: false,
  };
}

/** By the applicant's or the proxy's name. */
export function draftMatches({ content }: Pick<DraftRow, 'content'>, query: string): boolean {
  const words = query.trim().toLowerCase();
  if (words === '') return true;
  const people = content === null ? [] : [content.applicant.name, content.proxy.name];
  return people.some((text) => text.toLowerCase().includes(words));
}

/** 还剩 12 天, 今天清掉 */
export const binText = (days: number): string => (days <= 1 ? '今天之内清掉' : `还剩 ${days} 天`);
