/**
 * Applications as rows of the township's work (待办): which queues each lies in, when it falls due, how it is found. Pure.
 * Invariants: what breaks first comes first; names are masked in what is shown, and searched in full.
 */
import type { ApplicationView, SyncWord } from '#lib/client/state/applications.svelte.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import { lampOf, type Clock, type Lamp, type LampColour } from '#lib/domain/clocks.ts';
import { chineseDay, formatTime, type Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskName } from '#lib/domain/masking.ts';
import { bareReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Role } from '#lib/domain/roles.ts';
import { isClosed, STATE_NAMES, type Application, type State } from '#lib/domain/state.ts';
import { lampText } from '../desk/lamp-text.ts';
import { placeOf, type Place } from './place.ts';

export const QUEUES = [
  'all',
  'new',
  'back',
  'assign',
  'examine',
  'decide',
  'suspended',
  'deliver',
  'mine',
  'soon',
  'duplicate',
  'conflict',
  'trouble',
] as const;
export type QueueName = (typeof QUEUES)[number];

export const QUEUE_NAMES: Record<QueueName, string> = {
  all: '全部',
  new: '新收',
  back: '已补正',
  assign: '待分办',
  examine: '审查中',
  decide: '待决定',
  suspended: '特别程序',
  deliver: '待送达',
  mine: '我认领的',
  soon: '即将超期',
  duplicate: '疑似重复',
  conflict: '冲突',
  trouble: '需处理',
};

const OF_ROLE: readonly [Role, readonly QueueName[]][] = [
  ['clerk', ['all', 'new', 'back', 'assign', 'deliver']],
  ['reviewer', ['examine', 'suspended']],
  ['head', ['decide']],
];

/** Whatever one's role. */
const OF_ALL: readonly QueueName[] = ['mine', 'soon', 'duplicate', 'conflict', 'trouble'];

const ownQueues = (roles: readonly Role[]): QueueName[] => [
  ...OF_ROLE.flatMap(([role, queues]) => (roles.includes(role) ? queues : [])),
  ...OF_ALL,
];

/** All queues, those of one's own roles first; the first is where one arrives. */
export const queuesFor = (roles: readonly Role[]): QueueName[] => [
  ...new Set<QueueName>([...ownQueues(roles), ...QUEUES]),
];

/** Those that are shown: one's own, and of the others' where something lies or where one has gone. */
export const shownQueues = (
  roles: readonly Role[],
  current: QueueName,
  lies: (queue: QueueName) => boolean,
): QueueName[] => {
  const own = ownQueues(roles);
  return queuesFor(roles).filter((queue) => own.includes(queue) || queue === current || lies(queue));
};

export const readQueue = (text: string | null, roles: readonly Role[]): QueueName =>
  QUEUES.find((name) => name === text) ?? queuesFor(roles)[0] ?? 'all';

export interface CaseRow {
  id: string;
  state: State | null;
  /** 环节, more exact than the state: 已补正, 待决定. */
  stage: string;
  itemName: string;
  department: string;
  /** Masked. */
  applicant: string;
  place: Place;
  /** 5/5: in hand or not to be handed in, of those that are needed. */
  materials: string;
  /** 9/17 10:05 */
  received: string;
  receivedAt: string;
  lamp: LampColour;
  lampText: string;
  due: Day | null;
  closedOn: Day | null;
  queues: readonly QueueName[];
  tags: readonly string[];
  /** Who has it in hand (认领). */
  claim: { name: string; mine: boolean } | null;
  sync: SyncWord;
  /** Sorts: first what cannot be read, then by due day, then what has none; within a day the older receipt. */
  order: string;
  /** Lower case: name, receipt number, item. Never shown. */
  search: string;
}

export interface RowFacts {
  /** null: that version is not on this device; undefined: still being read. */
  item: Item | null | undefined;
  /** Name of the item in the list in use: for when the version is not here. */
  listed?: string | undefined;
  rules: Rules | null;
  today: Day;
  own: { id: string } | null;
  /** Names of the sites whose applications come here. */
  sites: readonly { id: string; name: string }[];
  /** Whoever looks. */
  me: string;
  sync: SyncWord;
}

/** 9/17 10:05 */
export function shortInstant(at: string): string {
  const day = chineseDay(at);
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8))} ${formatTime(at)}`;
}

function stageOf(state: Application): string {
  if (state.state === 'pending') return state.notices.length > 0 ? '已补正' : '新收';
  if (state.state === 'accepted') return '待分办';
  if (state.state === 'examining') return state.reviews.length > 0 ? '待决定' : '审查中';
  if (state.state === 'decided') return state.decision?.granted === false ? '待送达（不予）' : '待送达';
  return STATE_NAMES[state.state];
}

/** Two people changed the same field, and nobody has chosen yet. */
const hasConflict = ({ troubles }: ApplicationView): boolean =>
  troubles.some(({ outcome }) => outcome?.is === 'refused' && outcome.code === 'conflict');

/** The queues of a case; a closed one lies in none unless it is in trouble. */
function queuesOf(
  { state }: ApplicationView,
  facts: Pick<RowFacts, 'item' | 'sync' | 'me'>,
  lamp: LampColour,
  conflict: boolean,
): QueueName[] {
  const queues: QueueName[] = [];
  if (facts.sync === 'trouble') queues.push('trouble');
  if (conflict) queues.push('conflict');
  if (state === null || isClosed(state.state)) return queues;
  queues.push('all');
  if (state.claim?.by === facts.me) queues.push('mine');
  if (state.flags.includes('duplicate')) queues.push('duplicate');
  if (state.state === 'pending') queues.push(state.notices.length > 0 ? 'back' : 'new');
  if (state.state === 'accepted') queues.push('assign');
  if (state.state === 'suspended') queues.push('suspended');
  if (state.state === 'decided' || state.state === 'ready') queues.push('deliver');
  if (state.state === 'examining') {
    const reviewed = state.reviews.length > 0;
    if (!reviewed) queues.push('examine');
    // an 即办件 may be decided without a written opinion
    if (reviewed || facts.item?.handling === '即办件') queues.push('decide');
  }
  if (lamp === 'yellow' || lamp === 'red' || lamp === 'over') queues.push('soon');
  return queues;
}

function materialsOf(state: Application): string {
  const needed = Object.values(state.materials).filter((held) => held.status !== 'notNeeded');
  const there = needed.filter((held) => held.status === 'received' || held.status === 'waived');
  return `${there.length}/${needed.length}`;
}

function tagsOf(state: Application, me: string, conflict: boolean): string[] {
  const tolerated = Object.values(state.materials).filter((held) => held.status === 'tolerated').length;
  return [
    ...(state.assignment?.reviewer === me && state.state === 'examining' ? ['分给您'] : []),
    ...(tolerated > 0 ? [`容缺 ${tolerated}`] : []),
    ...(state.acceptedBySilence ? ['视为受理'] : []),
    ...(state.flags.includes('duplicate') ? ['疑似重复'] : []),
    ...(conflict ? ['有冲突'] : []),
    ...(state.flags.includes('receivedEarly') ? ['收件日存疑'] : []),
  ];
}

function unreadRow(view: ApplicationView, facts: RowFacts): CaseRow {
  const at = view.troubles.at(-1)?.at ?? '';
  return {
    id: view.id,
    state: null,
    stage: view.damage === null ? '没有收成' : '本机读不出',
    itemName: view.damage === null ? '没有收成的办件' : '读不出来的办件',
    department: '',
    applicant: '',
    place: { site: '', name: '' },
    materials: '',
    received: at === '' ? '' : shortInstant(at),
    receivedAt: at,
    lamp: 'none',
    lampText: '先处理',
    due: null,
    closedOn: null,
    queues: ['all', 'trouble'],
    tags: [],
    claim: null,
    sync: facts.sync,
    order: `0 ${at}`,
    search: '',
  };
}

/** 明天到期, or why there is no day. */
function dueText(state: Application, lamp: Lamp | null, today: Day): string {
  if (isClosed(state.state)) return '已办完';
  if (lamp === null) return '期限未知';
  if (state.state === 'suspended') return '停算期限';
  return lampText(lamp, today) ?? '不计期限';
}

const dueOf = (state: Application, clock: Clock | null): Day | null =>
  isClosed(state.state) ? null : (clock?.due ?? null);

export function caseRow(view: ApplicationView, facts: RowFacts): CaseRow {
  const { state } = view;
  if (state === null) return unreadRow(view, facts);
  const { item, rules, today, me } = facts;
  const conflict = hasConflict(view);
  const lamp = item && rules ? lampOf(state, { item, ...rules }, today) : null;
  const colour = lamp?.lamp ?? 'none';
  const itemName = item?.name ?? facts.listed ?? (item === null ? `事项 ${state.item.code}` : '…');
  const receivedAt = state.history[0]?.at ?? '';
  const due = dueOf(state, lamp?.clock ?? null);
  const { claim } = state;
  return {
    id: view.id,
    state: state.state,
    stage: stageOf(state),
    itemName,
    department: item?.department ?? '',
    applicant: maskName(state.applicant.name),
    place: placeOf(state, facts.own, facts.sites),
    materials: materialsOf(state),
    received: receivedAt === '' ? '' : shortInstant(receivedAt),
    receivedAt,
    lamp: colour,
    lampText: dueText(state, lamp, today),
    due,
    closedOn: state.closedOn,
    queues: queuesOf(view, facts, colour, conflict),
    tags: [...(item === null ? ['本机没有这一版事项'] : []), ...tagsOf(state, me, conflict)],
    claim: claim ? { name: claim.name, mine: claim.by === me } : null,
    sync: facts.sync,
    order: `${due ?? '9'} ${receivedAt}`,
    search:
      `${state.applicant.name} ${state.receiptNumber} ${state.caseNumber ?? ''} ${itemName}`.toLowerCase(),
  };
}

export const byUrgency = (a: CaseRow, b: CaseRow): number =>
  a.order < b.order ? -1 : a.order > b.order ? 1 : 0;

/** Rows by the queue they lie in, in the order they came in. */
export function byQueue(rows: readonly CaseRow[]): Map<QueueName, CaseRow[]> {
  const found = new Map<QueueName, CaseRow[]>(QUEUES.map((name) => [name, []]));
  for (const row of rows) for (const name of row.queues) found.get(name)?.push(row);
  return found;
}

/** 全部已办完的排在后面, latest closed first: the order of 查询. */
export function byLatest(a: CaseRow, b: CaseRow): number {
  const [one, other] = [a.closedOn ?? '9', b.closedOn ?? '9'];
  if (one !== other) return one < other ? 1 : -1;
  return byUrgency(a, b);
}

export interface RowFilter {
  text?: string | undefined;
  site?: string | undefined;
  department?: string | undefined;
  state?: State | undefined;
  /** A due day, or `past`: everything whose day has gone by. */
  day?: Day | undefined;
}

export function isPast(row: Pick<CaseRow, 'due'>, today: Day): boolean {
  return row.due !== null && row.due < today;
}

/** Every word of the text must be found; digits also match a receipt number written in groups. */
export function filterRows(rows: readonly CaseRow[], filter: RowFilter, today: Day): CaseRow[] {
  const words = (filter.text ?? '').trim().toLowerCase().split(/\s+/).filter(Boolean);
  const digits = bareReceiptNumber(filter.text ?? '');
  const isNumber = /^\d{4,}$/.test(digits);
  return rows.filter((row) => {
    if (filter.site && row.place.site !== filter.site) return false;
    if (filter.department && row.department !== filter.department) return false;
    if (filter.state && row.state !== filter.state) return false;
    if (filter.day === 'past' && !isPast(row, today)) return false;
    if (filter.day && filter.day !== 'past' && row.due !== filter.day) return false;
    if (isNumber && row.search.includes(digits)) return true;
    return words.every((word) => row.search.includes(word));
  });
}

/** 共 5000 件, and what to do about so many. */
export function foundText(count: number, whole: boolean): string {
  if (!whole) return `${count} 件，还在取…`;
  return count > TOO_MANY ? `${count} 件，可按来处、部门、日子缩小` : `${count} 件`;
}

/** More than anybody reads through. */
const TOO_MANY = 500;

/** Departments of rows, for the filter; busiest first. */
export function departmentsOf(rows: readonly CaseRow[]): { name: string; count: number }[] {
  const found = new Map<string, number>();
  for (const { department } of rows) found.set(department, (found.get(department) ?? 0) + 1);
  found.delete('');
  return [...found].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

/** Sites that rows come from, for the filter; busiest first. */
export function placesOf(rows: readonly CaseRow[]): { site: string; name: string; count: number }[] {
  const found = new Map<string, { site: string; name: string; count: number }>();
  for (const { place } of rows) {
    if (place.site === '') continue;
    const known = found.get(place.site);
    if (known) known.count += 1;
    else found.set(place.site, { ...place, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.site < b.site ? -1 : 1));
}
