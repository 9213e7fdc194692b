/**
 * 台账 of a month: what a station handled, by the same rules at the office and on a device. Pure. An application is in the
 * ledger of each month in which something of it happened; one month may receive it and another settle it. Invariant: a
 * line is masked unless its maker was told otherwise, so that what leaves by mistake names nobody.
 */
import { workingDaysBetween, type Calendar } from './calendar.ts';
import type { Day } from './day.ts';
import { maskIdNumber, maskName } from './masking.ts';
import type { Application, State } from './state.ts';

export const LEDGER_ACTS = [
  'received',
  'accepted',
  'corrected',
  'settled',
  'refused',
  'withdrawn',
  'ended',
] as const;
export type LedgerAct = (typeof LEDGER_ACTS)[number];

export const LEDGER_ACT_NAMES: Record<LedgerAct, string> = {
  received: '收件',
  accepted: '受理',
  corrected: '补正',
  settled: '办结',
  refused: '不予受理',
  withdrawn: '撤回',
  ended: '其他终结',
};

/** Why somebody needs the names and numbers in full. Closed: the audit keeps the word, never free text. */
export const REVEAL_REASONS = ['inspection', 'report', 'archive', 'enquiry'] as const;
export type RevealReason = (typeof REVEAL_REASONS)[number];
export const REVEAL_REASON_NAMES: Record<RevealReason, string> = {
  inspection: '上级检查',
  report: '报送材料',
  archive: '归档移交',
  enquiry: '群众查询',
};

export interface LedgerLine {
  id: string;
  rev: number;
  receiptNumber: string;
  caseNumber: string | null;
  itemCode: string;
  itemName: string;
  name: string;
  idNumber: string;
  site: string;
  /** Who received it. */
  agent: { id: string; name: string };
  state: State;
  receivedOn: Day;
  acceptedOn: Day | null;
  /** Days on which corrections were asked for. */
  correctedOn: Day[];
  closedOn: Day | null;
  /** Working days from acceptance to the end, without special procedures; null while it runs or where nobody knows. */
  days: number | null;
}

export interface LedgerFacts {
  itemName: string;
  /** null: none is here, and days are not counted. */
  calendar: Calendar | null;
  masked: boolean;
}

/** YYYY-MM */
export const monthOf = (day: Day): string => day.slice(0, 7);

export function ledgerLine(app: Application, { itemName, calendar, masked }: LedgerFacts): LedgerLine {
  const { kind, name, idNumber } = app.applicant;
  // an organisation's name and credit code stand in a public register
  const hides = masked && kind === 'person';
  const received = app.history.find(({ event }) => event === 'received')?.actor;
  return {
    id: app.id,
    rev: app.rev,
    receiptNumber: app.receiptNumber,
    caseNumber: app.caseNumber,
    itemCode: app.item.code,
    itemName,
    name: hides ? maskName(name) : name,
    idNumber: hides ? maskIdNumber(idNumber) : idNumber,
    site: app.site,
    agent: received ?? { id: '', name: '' },
    state: app.state,
    receivedOn: app.receivedOn,
    acceptedOn: app.acceptedOn,
    correctedOn: app.notices.map(({ requestedOn }) => requestedOn),
    closedOn: app.closedOn,
    days: calendar && elapsedDays(app, calendar),
  };
}

function elapsedDays(app: Application, calendar: Calendar): number | null {
  if (app.state !== 'settled' || app.closedOn === null) return null;
  const all = workingDaysBetween(calendar, app.acceptedOn ?? app.receivedOn, app.closedOn);
  if (all === null) return null;
  const stopped = app.suspensions.map(({ from, to }) =>
    workingDaysBetween(calendar, from, to ?? app.closedOn!),
  );
  return stopped.reduce<number>((days, one) => days - (one ?? 0), all);
}

const CLOSING: Partial<Record<State, LedgerAct>> = {
  settled: 'settled',
  refused: 'refused',
  withdrawn: 'withdrawn',
  forwarded: 'ended',
  lapsed: 'ended',
  void: 'ended',
};

/** What happened with an application in that month. */
export function actsIn(line: LedgerLine, month: string): LedgerAct[] {
  const is = (day: Day | null): boolean => day !== null && monthOf(day) === month;
  const acts: LedgerAct[] = [];
  if (is(line.receivedOn)) acts.push('received');
  if (is(line.acceptedOn)) acts.push('accepted');
  if (line.correctedOn.some(is)) acts.push('corrected');
  const closing = CLOSING[line.state];
  if (closing && is(line.closedOn)) acts.push(closing);
  return acts;
}

export type LedgerCounts = Record<LedgerAct, number>;

export interface LedgerGroup {
  key: string;
  name: string;
  counts: LedgerCounts;
  /** Mean of `days` of what was settled; null when none was, or nobody knows. */
  averageDays: number | null;
}

export interface LedgerSummary {
  month: string;
  all: LedgerGroup;
  /** Most received first. */
  byItem: LedgerGroup[];
  byAgent: LedgerGroup[];
}

export function ledgerSummary(lines: readonly LedgerLine[], month: string): LedgerSummary {
  const all = new Tally('', '合计');
  const items = new Map<string, Tally>();
  const agents = new Map<string, Tally>();
  const under = (groups: Map<string, Tally>, key: string, name: string): Tally => {
    const group = groups.get(key) ?? new Tally(key, name);
    groups.set(key, group);
    return group;
  };
  for (const line of lines) {
    const acts = actsIn(line, month);
    if (acts.length === 0) continue;
    all.add(acts, line);
    under(items, line.itemCode, line.itemName).add(acts, line);
    under(agents, line.agent.id, line.agent.name).add(acts, line);
  }
  const inOrder = (groups: Map<string, Tally>): LedgerGroup[] =>
    [...groups.values()]
      .map((group) => group.result())
      .sort((a, b) => b.counts.received - a.counts.received || (a.key < b.key ? -1 : 1));
  return { month, all: all.result(), byItem: inOrder(items), byAgent: inOrder(agents) };
}

class Tally {
  readonly #key: string;
  readonly #name: string;
  readonly #counts: LedgerCounts = {
    received: 0,
    accepted: 0,
    corrected: 0,
    settled: 0,
    refused: 0,
    withdrawn: 0,
    ended: 0,
  };
  readonly #days: number[] = [];

  constructor(key: string, name: string) {
    this.#key = key;
    this.#name = name;
  }

  add(acts: readonly LedgerAct[], { days }: LedgerLine): void {
    for (const act of acts) this.#counts[act] += 1;
    if (acts.includes('settled') && days !== null) this.#days.push(days);
  }

  result(): LedgerGroup {
    const sum = this.#days.reduce((total, days) => total + days, 0);
    return {
      key: this.#key,
      name: this.#name,
      counts: this.#counts,
      averageDays: this.#days.length === 0 ? null : sum / this.#days.length,
    };
  }
}

/** The office's lines and this device's own: where both know an application, what is newer here counts. */
export function mergeLedger(office: readonly LedgerLine[], here: readonly LedgerLine[]): LedgerLine[] {
  const lines = new Map(office.map((line) => [line.id, line]));
  for (const line of here) {
    const known = lines.get(line.id);
    if (known === undefined || line.rev > known.rev) lines.set(line.id, line);
  }
  return [...lines.values()];
}
