/**
 * An application (办件) as the fold of its events: the state that both sides compute. Only evolve.ts makes one.
 * Due days are not stored: clocks.ts derives them, so they fill themselves in when the calendar arrives.
 */
import type { Bodies, Capacity, ClockName, Decision, Defect, Delivery, Form, Signature } from './commands.ts';
import type { Day, Instant } from './day.ts';
import type { ItemRef } from './item.ts';
import type { MaterialEntry } from './materials.ts';

export const STATES = [
  'pending', // 待受理
  'correction', // 待补正
  'accepted', // 已受理
  'examining', // 审查中
  'suspended', // 特别程序
  'decided', // 已决定
  'ready', // 待送达
  'settled', // 办结
  'refused', // 不予受理
  'withdrawn', // 撤回
  'forwarded', // 转报
  'lapsed', // 逾期未补正
  'void', // 作废
] as const;
export type State = (typeof STATES)[number];

export const CLOSED_STATES: readonly State[] = [
  'settled',
  'refused',
  'withdrawn',
  'forwarded',
  'lapsed',
  'void',
];
export const isClosed = (state: State): boolean => CLOSED_STATES.includes(state);

export const STATE_NAMES: Record<State, string> = {
  pending: '待受理',
  correction: '待补正',
  accepted: '已受理',
  examining: '审查中',
  suspended: '特别程序',
  decided: '已决定',
  ready: '待送达',
  settled: '办结',
  refused: '不予受理',
  withdrawn: '已撤回',
  forwarded: '已转报',
  lapsed: '逾期未补正',
  void: '已作废',
};

/** What the office noticed on receiving. */
export const FLAG_NAMES: Record<string, string> = {
  receivedEarly: '收件日早于这台设备上次联系',
  itemSuperseded: '按旧版事项填的',
  duplicate: '疑似重复：同一个人 30 天内办过同一事项',
};

/** A material entry in an application, with what the office knows of it. */
export interface HeldMaterial extends MaterialEntry {
  /** Revision at which it was last handed in. */
  addedRev: number;
  /** Hashes of its photos that the office holds, with that size and type. */
  verified?: string[];
}

export interface Notice {
  defects: Defect[];
  secondReason?: string;
  requestedOn: Day;
  /** Revision of the notice: what is handed in later answers it. */
  rev: number;
  /** Words per defect, once supplied. */
  answers?: Record<string, string>;
}

export interface Suspension {
  from: Day;
  to: Day | null;
  procedure: string;
  reason: string;
  basis: string;
  days: number;
}

/** One line of the history (经过): who did what when, by the office's clock. */
export interface HistoryLine {
  rev: number;
  event: string;
  actor: { id: string; name: string };
  at: Instant;
  /** Short text for people, such as an opinion; never an identity number. */
  note?: string;
}

export interface Application extends Omit<Form, 'materials'> {
  id: string;
  rev: number;
  state: State;
  item: ItemRef;
  site: string;
  receiptNumber: string;
  queryToken: string;
  /** 办件编号, given by the office on arrival; null on a device until then. */
  caseNumber: string | null;
  signature: Signature;
  present: boolean;
  capacity: Capacity;
  receivedOn: Day;
  /** People look: see FLAG_NAMES. */
  flags: string[];
  duplicateReason?: string;
  /** Day on which the office got it. */
  arrivedOn: Day;
  /** The running (or last) five days start here: arrival, or the correction's completion. */
  acceptanceFrom: Day;
  materials: Record<string, HeldMaterial>;
  /** Revision at which a field (as `amend` names it) was last changed. */
  amendedRev: Record<string, number>;
  notices: Notice[];
  acceptedOn: Day | null;
  acceptedBySilence: boolean;
  refusal: (Bodies['refuseAcceptance'] & { on: Day }) | null;
  /** Who has taken it in hand (认领); hinders nobody from acting. */
  claim?: { by: string; name: string; on: Day } | null;
  assignment: { department: string; reviewer?: string } | null;
  reviews: { department: string; pass: boolean; opinion: string; by: string; on: Day }[];
  suspensions: Suspension[];
  extensions: { days: number; reason: string; basis: string }[];
  decision: (Decision & { by: string; on: Day }) | null;
  licenceNumber: string | null;
  delivery: (Delivery & { by: string; on: Day }) | null;
  forwarded: { organ: string; reason: string } | null;
  rating: (Bodies['rate'] & { on: Day }) | null;
  /** Clocks that ran out, each told once. */
  overdue: { clock: ClockName; due: Day }[];
  closedOn: Day | null;
  history: HistoryLine[];
}
