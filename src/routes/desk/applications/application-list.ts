/** Which applications and drafts each tab of 我的办件 shows, and how a row reads. */
import type { ApplicationView, SyncWord } from '#lib/client/state/applications.svelte.ts';
import { formatMonthDay } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskName } from '#lib/domain/masking.ts';
import { isClosed, STATE_NAMES, type Application } from '#lib/domain/state.ts';

export const SHOWS = ['all', 'correction', 'running', 'deliver', 'closed', 'drafts', 'bin'] as const;
export type Show = (typeof SHOWS)[number];
export const SHOW_NAMES: Record<Show, string> = {
  all: '全部',
  correction: '待补正',
  running: '办理中',
  deliver: '待送达',
  closed: '已办完',
  drafts: '草稿',
  bin: '回收站',
};

export const isShow = (text: string | null): text is Show => SHOWS.includes(text as Show);

const DELIVERABLE: readonly Application['state'][] = ['decided', 'ready'];

/** Whether an application belongs under a tab; drafts and bin hold none. */
export function belongs(show: Show, state: Application | null): boolean {
  if (show === 'all') return true;
  if (state === null) return false;
  if (show === 'correction') return state.state === 'correction';
  if (show === 'deliver') return DELIVERABLE.includes(state.state);
  if (show === 'closed') return isClosed(state.state);
  if (show === 'running')
    return !isClosed(state.state) && state.state !== 'correction' && !DELIVERABLE.includes(state.state);
  return false;
}

export interface Row {
  id: string;
  title: string;
  note: string;
  state: string;
  word: SyncWord;
}

export function rowOf(view: ApplicationView, item: Item | null | undefined, word: SyncWord): Row {
  const { state } = view;
  if (state === null)
    return { id: view.id, title: '没有收成的办件', note: '到“同步”里看原因', state: '需处理', word };
  return {
    id: view.id,
    title: `${maskName(state.applicant.name)}·${item?.name ?? '事项'}`,
    note: `${formatMonthDay(state.receivedOn)}收·凭证尾号 ${state.receiptNumber.slice(-5)}`,
    state: STATE_NAMES[state.state],
    word,
  };
}

/** Whether the words a person typed are about this application: name, item, receipt number or its tail. */
export function matches(view: ApplicationView, item: Item | null | undefined, query: string): boolean {
  const words = query.trim();
  if (words === '' || view.state === null) return words === '';
  const { applicant, receiptNumber, caseNumber } = view.state;
  return [applicant.name, item?.name ?? '', receiptNumber, caseNumber ?? ''].some((text) =>
    text.includes(words),
  );
}
