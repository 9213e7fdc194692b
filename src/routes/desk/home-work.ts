/** What an agent should do first (先办这几件): corrections, drafts, troubles and deliveries, what breaks first on top. */
import { formatMonthDay, type Day } from '#lib/domain/day.ts';
import { lampOf, runningClocks, type Lamp } from '#lib/domain/clocks.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskName } from '#lib/domain/masking.ts';
import { openDefects } from '#lib/domain/decide-correction.ts';
import { STATE_NAMES, type Application, type State } from '#lib/domain/state.ts';
import type { ApplicationView, SyncWord } from '#lib/client/state/applications.svelte.ts';
import type { DraftRow } from '#lib/client/state/drafts.svelte.ts';
import { draftLine } from './drafts/draft-list.ts';

export interface WorkRow {
  key: string;
  /** Of an application that stands. */
  state?: State;
  href: string;
  title: string;
  note: string;
  caption: string;
  /** Sorts: due day first, '9' when nothing is due. */
  due: string;
  lamp?: Lamp;
  sync?: SyncWord;
  /** Steps of a draft that need a change. */
  wrong?: number;
}

const nothing = '9999-12-31';

function whatToDo(state: Application): string | null {
  if (state.state === 'correction') {
    const open = openDefects(state);
    const total = state.notices.at(-1)?.defects.length ?? 0;
    return open.length === 0
      ? '要补的都补了，点“补正到齐”送回乡镇'
      : `乡镇要补 ${total} 项，还差 ${open.length} 项`;
  }
  if (state.state === 'ready' || state.state === 'decided') return '结果已出，请通知申请人领取或送上门';
  return null;
}

export function applicationRow(
  view: ApplicationView,
  item: Item | null | undefined,
  rules: Rules | null,
  today: Day,
  word: SyncWord,
): WorkRow | null {
  const { state } = view;
  if (state === null) {
    return {
      key: view.id,
      href: '/desk/sync',
      title: '没有收成的办件',
      note: view.damage === null ? '乡镇没有收，到“同步”里看原因' : '这件在本机读不出来，到“同步”里处理',
      caption: '需处理',
      due: '',
      sync: 'trouble',
    };
  }
  const todo = whatToDo(state);
  if (todo === null && word === 'arrived') return null;
  const facts = item && rules ? { item, calendar: rules.calendar, policy: rules.policy } : null;
  const lamp = facts && todo !== null ? lampOf(state, facts, today) : undefined;
  const due = facts
    ? runningClocks(state, facts)
        .map((c) => c.due ?? nothing)
        .sort()[0]
    : undefined;
  return {
    key: view.id,
    state: state.state,
    href: word === 'trouble' ? '/desk/sync' : `/desk/applications/${view.id}`,
    title: `${maskName(state.applicant.name)}·${item?.name ?? '事项'}`,
    note: todo ?? (word === 'trouble' ? '乡镇没有收，到“同步”里看原因' : '存在本机，联网后自动送到乡镇'),
    caption: `${STATE_NAMES[state.state]}·${formatMonthDay(state.receivedOn)}收`,
    due: word === 'trouble' ? '' : todo === null ? nothing : (due ?? nothing),
    // what has come and waits for the agent needs no word about its way
    ...(lamp && lamp.lamp !== 'none' ? { lamp } : word === 'arrived' ? {} : { sync: word }),
  };
}

export function draftRow(
  draft: DraftRow,
  item: Item | null | undefined,
  listed: string | undefined,
  today: Day,
): WorkRow {
  const { id, title, note, caption, wrong, damaged } = draftLine(draft, item, listed, today);
  return {
    key: id,
    href: damaged ? '/desk/drafts' : `/desk/draft/${id}`,
    title,
    note,
    caption: `草稿·${caption}`,
    due: nothing,
    wrong,
  };
}
