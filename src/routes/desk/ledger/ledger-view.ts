/** The ledger page's address: which month, which lines of it. Pure. */
import { actsIn, LEDGER_ACTS, type LedgerAct, type LedgerLine } from '#lib/domain/ledger.ts';
import { addMonths, type Day } from '#lib/domain/day.ts';

export interface LedgerView {
  /** YYYY-MM */
  month: string;
  by: 'item' | 'agent';
  act: LedgerAct | '';
  item: string;
  agent: string;
}

const isMonth = (text: string | null): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');

/** What an address asks for; a month that is none, or has not begun, is this one. */
export function readView(asked: URLSearchParams, today: Day): LedgerView {
  const month = asked.get('month');
  const act = asked.get('act') as LedgerAct | null;
  const now = today.slice(0, 7);
  return {
    month: isMonth(month) && month <= now ? month : now,
    by: asked.get('by') === 'agent' ? 'agent' : 'item',
    act: act !== null && LEDGER_ACTS.includes(act) ? act : '',
    item: asked.get('item') ?? '',
    agent: asked.get('agent') ?? '',
  };
}

export function addressOf(view: LedgerView, change: Partial<LedgerView>): string {
  const { month, by, act, item, agent } = { ...view, ...change };
  const wanted = new URLSearchParams({ month });
  if (by !== 'item') wanted.set('by', by);
  if (act !== '') wanted.set('act', act);
  if (item !== '') wanted.set('item', item);
  if (agent !== '') wanted.set('agent', agent);
  return `/desk/ledger?${wanted}`;
}

/** The month before or after; null where there is nothing to see yet. */
export function monthBeside(month: string, by: -1 | 1, today: Day): string | null {
  const beside = addMonths(`${month}-01`, by).slice(0, 7);
  return beside <= today.slice(0, 7) ? beside : null;
}

/** The lines that a view shows, latest receipt first. */
export function shownLines(
  lines: readonly LedgerLine[],
  { month, act, item, agent }: LedgerView,
): LedgerLine[] {
  return lines
    .filter((line) => {
      if (item !== '' && line.itemCode !== item) return false;
      if (agent !== '' && line.agent.id !== agent) return false;
      const acts = actsIn(line, month);
      return act === '' ? acts.length > 0 : acts.includes(act);
    })
    .sort((a, b) => (a.receivedOn === b.receivedOn ? 0 : a.receivedOn < b.receivedOn ? 1 : -1));
}
