/** Sentences that several documents share: the law, the term, where to go, how to object. */
import { dueWorkingDays, type Calendar } from '../calendar.ts';
import { formatDay, type Day } from '../day.ts';
import type { Item } from '../item.ts';
import { receiverOf, type Office } from './office.ts';
import type { Block } from './paper.ts';
import type { PaperFacts } from './sheet.ts';

/** The paragraph of the licensing law for a permit; for everything else what the item itself rests on. */
export function basisOf(item: Item, clause: string): string {
  if (item.type === '行政许可') return `《中华人民共和国行政许可法》${clause}`;
  return item.legalBasis.length === 0 ? '有关规定' : item.legalBasis.slice(0, 2).join('、');
}

/** 20 个工作日，到 2026 年 10 月 22 日为止（含当日）; never a guessed date. */
export function termText(calendar: Calendar, from: Day, days: number): string {
  const due = dueWorkingDays(calendar, from, days);
  return due === null
    ? `${days} 个工作日（日历未更新，届满日由窗口告知）`
    : `${days} 个工作日，到 ${formatDay(due)}为止（含当日）`;
}

/** How the application is named in a sentence. */
export const requestOf = ({ state, item }: Pick<PaperFacts, 'state' | 'item'>): string =>
  `${formatDay(state.receivedOn)}提出的“${item.name}”申请`;

/** Where to bring what is asked for. */
export const placesOf = (office: Office): string =>
  office.station === null ? `${office.organ}窗口` : `${receiverOf(office)}，或者${office.organ}窗口`;

/** 复议 60 日 (行政复议法 §20), 诉讼 6 个月 (行政诉讼法 §46): on every refusal. */
export const remedies = (you: string): Block => ({
  is: 'text',
  text: `${you}对本决定不服的，可以自收到之日起六十日内，依照《中华人民共和国行政复议法》第二十条向有管辖权的县（市、区）人民政府申请行政复议；也可以自收到之日起六个月内，依照《中华人民共和国行政诉讼法》第四十六条直接向有管辖权的人民法院提起行政诉讼。`,
});
