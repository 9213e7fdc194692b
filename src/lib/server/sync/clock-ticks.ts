/**
 * The legal clocks at the office, the only place where they fire (invariant I9). A tick is a command of the office whose
 * id follows from application, clock and due day: so it happens once, however often it is looked for.
 */
import { v5 } from 'uuid';
import { dueTicks, nextDueDay, runningClocks, type ClockFacts, type Tick } from '#lib/domain/clocks.ts';
import { chineseDay, type Day, type Instant } from '#lib/domain/day.ts';
import { decide } from '#lib/domain/decide.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Application } from '#lib/domain/state.ts';
import type { LoadedApplication } from './applications.ts';
import {
  follow,
  OFFICE,
  officeFacts,
  officeReceipt,
  pending,
  type Entries,
  type Judging,
} from './judging.ts';

/**
 * Day after which the office's clock has something to look at. A term that the calendar does not reach is looked at
 * again after the calendar's end, once a day, until a new calendar says when it ends.
 */
export function nextLook(state: Application, facts: ClockFacts, today: Day): Day | null {
  const due = nextDueDay(state, facts);
  if (!runningClocks(state, facts).some((clock) => clock.due === null)) return due;
  const { validThrough } = facts.calendar;
  const again = validThrough > today ? validThrough : today;
  return due !== null && due < again ? due : again;
}

export async function clockFacts(
  { trx, rulebook }: Judging,
  application: LoadedApplication,
): Promise<ClockFacts | null> {
  const item = await rulebook.item(trx, application.state.item.hash);
  return item && { item, ...(await rulebook.rules(trx, application.county)) };
}

function clockOf(tick: Tick): string {
  if (tick.kind === 'overdue') return tick.body.clock;
  return tick.kind === 'lapse' ? 'correction' : 'acceptance';
}

/** A tick's command id: the same clock running out on the same day is the same command, so it happens once (I9). */
export const tickId = (applicationId: string, tick: Tick): string =>
  v5(`${clockOf(tick)}:${tick.body.due}`, applicationId);

/** More clocks than can run out at once; beyond it the rules would contradict themselves. */
const TICKS = 50;

/**
 * Lets the application's clocks fire that are due today. Changes nothing but what it returns: the state, and what goes
 * into the docket.
 */
export function tick(
  now: Instant,
  application: LoadedApplication,
  facts: ClockFacts,
): Entries & { application: LoadedApplication } {
  const entries: Entries = { events: [], receipts: [] };
  let { state } = application;
  const today = chineseDay(now);
  for (let count = 0; ; count++) {
    const [due] = dueTicks(state, facts, today);
    if (due === undefined) break;
    if (count === TICKS) throw new Error(`the clocks of ${state.id} do not come to rest`);
    const verdict = decide(state, due, officeFacts(now, { ...application, state }, facts));
    if (isRefusal(verdict)) throw new Error(`a due tick was refused: ${due.kind} ${verdict.reason}`);
    const id = tickId(state.id, due);
    const after = follow(state, verdict, { applicationId: state.id, actor: OFFICE, now });
    state = after.state;
    entries.events.push(...pending(application, id, after.logged));
    entries.receipts.push(officeReceipt(now, state, id, due));
  }
  return { application: { ...application, state }, ...entries };
}
