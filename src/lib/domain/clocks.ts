/**
 * The legal clocks (时限) of an application, derived from its days: nothing here is stored, so an empty due day fills
 * itself in when the calendar arrives. Devices show clocks; only the office lets them fire (invariant I9).
 * Sources: 行政许可法 §32 (five working days), §42, §44, §45; design application.md, "Clocks".
 */
import { dueWorkingDays, workingDaysBetween, type Calendar } from './calendar.ts';
import type { Bodies, ClockName } from './commands.ts';
import type { Day } from './day.ts';
import type { Item } from './item.ts';
import type { Policy } from './policy.ts';
import type { Application } from './state.ts';

/** Five working days to accept, refuse or ask once (§32); ten to deliver (§44). */
export const ACCEPTANCE_DAYS = 5;
export const DELIVERY_DAYS = 10;

export interface Clock {
  name: ClockName | 'correction';
  start: Day;
  /** Working days allowed. */
  days: number;
  /** null: the calendar does not reach that far (日历未更新). */
  due: Day | null;
}

export interface ClockFacts {
  item: Item;
  calendar: Calendar;
  policy: Policy;
}

export const isVillageOnly = (item: Item): boolean =>
  item.levels.length === 1 && item.levels[0] === 'village';
const isPermit = (item: Item): boolean => item.type === '行政许可';

/** The clocks that run now. */
export function runningClocks(app: Application, { item, calendar, policy }: ClockFacts): Clock[] {
  const clocks: Clock[] = [];
  const run = (name: Clock['name'], start: Day, days: number, suspended = false): void => {
    const options = suspended ? { suspended: app.suspensions } : undefined;
    clocks.push({ name, start, days, due: dueWorkingDays(calendar, start, days, options) });
  };
  const extended = app.extensions.reduce((sum, e) => sum + e.days, 0);

  if (app.state === 'pending') {
    run('acceptance', app.acceptanceFrom, ACCEPTANCE_DAYS);
    if (isVillageOnly(item)) run('promise', app.acceptanceFrom, item.promisedDays);
  }
  if (app.state === 'correction') run('correction', app.notices.at(-1)!.requestedOn, policy.correctionDays);
  if (app.state === 'accepted' || app.state === 'examining') {
    run('promise', app.acceptedOn!, item.promisedDays + extended, true);
    if (item.statutoryDays > 0) run('statutory', app.acceptedOn!, item.statutoryDays + extended, true);
  }
  // §44 speaks of permits; for all else the decided result simply waits
  if ((app.state === 'decided' || app.state === 'ready') && isPermit(item)) {
    run('delivery', app.decision!.on, DELIVERY_DAYS);
  }
  if (app.acceptedOn !== null && app.closedOn === null) {
    for (const held of Object.values(app.materials)) {
      if (held.status === 'tolerated') run(`tolerance:${held.code}`, app.acceptedOn, policy.toleranceDays);
    }
  }
  return clocks;
}

export type Tick =
  | { kind: 'deemAccepted'; body: Bodies['deemAccepted'] }
  | { kind: 'lapse'; body: Bodies['lapse'] }
  | { kind: 'overdue'; body: Bodies['overdue'] };

/** What the office's clock has to do on `today`: each clock whose due day has passed, in a fixed order. */
export function dueTicks(app: Application, facts: ClockFacts, today: Day): Tick[] {
  const ticks: Tick[] = [];
  for (const { name, due } of runningClocks(app, facts)) {
    if (due === null || today <= due) continue;
    if (name === 'correction') ticks.push({ kind: 'lapse', body: { due } });
    else if (name === 'acceptance' && isPermit(facts.item))
      ticks.push({ kind: 'deemAccepted', body: { due } });
    else if (!app.overdue.some((o) => o.clock === name && o.due === due)) {
      ticks.push({ kind: 'overdue', body: { clock: name, due } });
    }
  }
  return ticks;
}

/** First day on which {@link dueTicks} could have something to do: the day after the earliest due day not yet told. */
export function nextDueDay(app: Application, facts: ClockFacts): Day | null {
  const days = runningClocks(app, facts)
    .filter((c) => c.due !== null && !app.overdue.some((o) => o.clock === c.name && o.due === c.due))
    .map((c) => c.due!);
  return days.length === 0 ? null : days.reduce((a, b) => (a < b ? a : b));
}

/** 绿 · 黄 · 红 (past the promise) · 超法定 (past the law) · none: no clock · unknown: 日历未更新. */
export type LampColour = 'green' | 'yellow' | 'red' | 'over' | 'none' | 'unknown';
export interface Lamp {
  lamp: LampColour;
  clock: Clock | null;
  /** Working days left; negative when past; null when unknown. */
  left: number | null;
}

/** The clock that matters most to whoever works on it today, and its colour. */
export function lampOf(app: Application, facts: ClockFacts, today: Day): Lamp {
  const clocks = runningClocks(app, facts).filter((c) => !c.name.startsWith('tolerance:'));
  const clock = clocks.reduce<Clock | null>(
    (a, b) => (a === null || (b.due ?? '9') < (a.due ?? '9') ? b : a),
    null,
  );
  if (clock === null) return { lamp: 'none', clock, left: null };
  if (clock.due === null) return { lamp: 'unknown', clock, left: null };
  const past = today > clock.due;
  const between = past
    ? workingDaysBetween(facts.calendar, clock.due, today)
    : workingDaysBetween(facts.calendar, today, clock.due);
  const left = between === null ? null : past ? -between : between;
  if (past) {
    const law = clocks.some((c) => isStatutory(c, facts.item) && c.due !== null && today > c.due);
    return { lamp: law ? 'over' : 'red', clock, left };
  }
  const { yellowShare, yellowDays, shortClockDays } = facts.policy;
  const near =
    clock.days <= shortClockDays ? (left ?? 0) <= yellowDays : (left ?? 0) <= clock.days * yellowShare;
  return { lamp: near ? 'yellow' : 'green', clock, left };
}

const isStatutory = (clock: Clock, item: Item): boolean =>
  clock.name === 'statutory' || clock.name === 'delivery' || (clock.name === 'acceptance' && isPermit(item));
