/**
 * 我的办件: which applications each tab and filter shows, and how a row reads. Pure. Invariant: names are masked in what is
 * shown, and searched in full.
 */
import type { ApplicationView, SyncWord } from '#lib/client/state/applications.svelte.ts';
import { formatMonthDay, type Day } from '#lib/domain/day.ts';
import { maskName } from '#lib/domain/masking.ts';
import { bareReceiptNumber } from '#lib/domain/receipt-number.ts';
import { isClosed, STATE_NAMES, type Application } from '#lib/domain/state.ts';

export const SHOWS = ['all', 'correction', 'running', 'deliver', 'closed'] as const;
export type Show = (typeof SHOWS)[number];
export const SHOW_NAMES: Record<Show, string> = {
  all: '全部',
  correction: '待补正',
  running: '办理中',
  deliver: '待送达',
  closed: '已办完',
};

export const isShow = (text: string | null): text is Show => SHOWS.includes(text as Show);

const DELIVERABLE: readonly Application['state'][] = ['decided', 'ready'];

/** The tab of an application beside 全部; null for one that never came to be. */
function tabOf(state: Application | null): Show | null {
  if (state === null) return null;
  if (state.state === 'correction') return 'correction';
  if (DELIVERABLE.includes(state.state)) return 'deliver';
  return isClosed(state.state) ? 'closed' : 'running';
}

/** How many are under each tab. */
export function countTabs(views: readonly Pick<ApplicationView, 'state'>[]): Record<Show, number> {
  const counts = { all: views.length, correction: 0, running: 0, deliver: 0, closed: 0 };
  for (const { state } of views) {
    const tab = tabOf(state);
    if (tab !== null) counts[tab] += 1;
  }
  return counts;
}

export interface Filter {
  show: Show;
  /** Item code; '' for every item. */
  item: string;
  /** YYYY-MM of the day of receiving; '' for every month. */
  month: string;
  query: string;
}

/** `asked`: codes of the items that the typed words are about. */
export function filtered<V extends Pick<ApplicationView, 'state'>>(
  views: readonly V[],
  { show, item, month, query }: Filter,
  asked: ReadonlySet<string>,
): V[] {
  const words = query.trim().toLowerCase();
  return views.filter(({ state }) => {
    if (show !== 'all' && tabOf(state) !== show) return false;
    if (item !== '' && state?.item.code !== item) return false;
    if (month !== '' && !state?.receivedOn.startsWith(month)) return false;
    return words === '' || (state !== null && (asked.has(state.item.code) || isAbout(state, words)));
  });
}

/** Name, receipt number or its tail, with or without its spaces, case number. */
function isAbout(state: Application, words: string): boolean {
  const { applicant, handler, receiptNumber, caseNumber } = state;
  const people = [applicant.name, applicant.representative?.name, applicant.guardian?.name];
  if (handler.kind === 'proxy') people.push(handler.name);
  const digits = bareReceiptNumber(words);
  if (/^\d+$/.test(digits) && (receiptNumber.includes(digits) || caseNumber?.includes(digits))) return true;
  return people.some((name) => name?.toLowerCase().includes(words));
}

/** Items and months that there is something of: items by how many, months latest first. */
export function choicesOf(views: readonly Pick<ApplicationView, 'state'>[]): {
  items: string[];
  months: string[];
} {
  const items = new Map<string, number>();
  const months = new Set<string>();
  for (const { state } of views) {
    if (state === null) continue;
    items.set(state.item.code, (items.get(state.item.code) ?? 0) + 1);
    months.add(state.receivedOn.slice(0, 7));
  }
  return {
    items: [...items].sort(([, a], [, b]) => b - a).map(([code]) => code),
    months: [...months].sort().reverse(),
  };
}

/** 2026 年 9 月 */
export const monthText = (month: string): string =>
  `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5, 7))} 月`;

export interface Row {
  id: string;
  href: string;
  title: string;
  note: string;
  state: string;
  /** null: 已送达 of its way beside 待送达 of its result would only puzzle. */
  word: SyncWord | null;
}

/** `arrivedOn`: since when the paper of its result lies at this station. */
export function rowOf(view: ApplicationView, itemName: string, word: SyncWord, arrivedOn?: Day): Row {
  const { state, id } = view;
  const href = word === 'trouble' ? '/desk/sync' : `/desk/applications/${id}`;
  if (state === null) {
    const note = view.damage === null ? '到“同步”里看原因' : '这件在本机读不出来，到“同步”里处理';
    return { id, href, title: '没有收成的办件', note, state: '需处理', word };
  }
  const result = !DELIVERABLE.includes(state.state)
    ? ''
    : arrivedOn === undefined
      ? '·结果还在乡镇'
      : `·结果 ${formatMonthDay(arrivedOn)}到站，等着送`;
  return {
    id,
    href,
    title: `${maskName(state.applicant.name)}·${itemName}`,
    note: `${formatMonthDay(state.receivedOn)}收·凭证尾号 ${state.receiptNumber.slice(-5)}${result}`,
    state: STATE_NAMES[state.state],
    word: result !== '' && word === 'arrived' ? null : word,
  };
}
