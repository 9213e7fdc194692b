/**
 * Working days and due days (domain.md §2.5).
 *
 * - Due is the n-th working day *after* the start (民法典 §201); public holidays do not count (行政许可法 §82).
 * - A natural-day or month term that ends on a rest day ends on the next working day (民法典 §203).
 * - Days of a special procedure, `from < d ≤ to`, are not counted (行政许可法 §45).
 * - No date is ever guessed: where a needed day lies outside the calendar's validity the answer is `null`,
 *   shown as 日历未更新. While a procedure is still open (`to: null`) there is no due day either.
 */
import { addDays, addMonths, daysBetween, instantMs, weekday } from './day.ts';
import type { Day, Instant } from './day.ts';

/** A working-day calendar, published by the State Council a year at a time. */
export interface Calendar {
  validFrom: Day;
  /** The last day about which the calendar knows. */
  validThrough: Day;
  /** Weekdays that are not worked (rest days may be listed too). */
  off: readonly Day[];
  /** Saturdays and Sundays that are worked. */
  work: readonly Day[];
  /** From this day on the calendar is made up for a demonstration, and must say so. */
  simulatedFrom?: Day;
}

/** Days that stop a clock: `from < d ≤ to`; `to` is null while the procedure lasts. */
export interface Suspension {
  from: Day;
  to: Day | null;
}

export interface DueOptions {
  suspended?: readonly Suspension[];
}

/** Whether public offices work on that day; null where the calendar does not know. */
export function isWorkday(calendar: Calendar, day: Day): boolean | null {
  if (!isKnown(calendar, day)) return null;
  const { off, work } = setsOf(calendar);
  if (off.has(day)) return false;
  if (work.has(day)) return true;
  const n = weekday(day);
  return n !== 0 && n !== 6;
}

/** The n-th working day after the start; the start itself when n is 0; null when the calendar does not reach. */
export function dueWorkingDays(
  calendar: Calendar,
  start: Day,
  n: number,
  options: DueOptions = {},
): Day | null {
  requireCount(n);
  return countDays(calendar, start, n, options, (step) => step.works);
}

/** The n-th day after the start, moved to a working day; null when the calendar does not know the day it ends on. */
export function dueNaturalDays(
  calendar: Calendar,
  start: Day,
  n: number,
  options: DueOptions = {},
): Day | null {
  requireCount(n);
  const last = countDays(calendar, start, n, options, () => true);
  return last && nextWorkday(calendar, last, options);
}

/** The same date n months later, and as many days more as were suspended, moved to a working day. */
export function dueMonths(calendar: Calendar, start: Day, n: number, options: DueOptions = {}): Day | null {
  requireCount(n);
  const last = countDays(calendar, start, daysBetween(start, addMonths(start, n)), options, () => true);
  return last && nextWorkday(calendar, last, options);
}

/** Hours run on through nights and holidays (民法典 §201); no calendar is needed. */
export function dueHours(start: Instant, hours: number): Instant {
  requireCount(hours);
  return new Date(instantMs(start) + hours * 3_600_000).toISOString();
}

/** Working days d with `from < d ≤ to`; negative when `to` is earlier; null when the calendar does not reach. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number | null {
  if (to < from) {
    const back = workingDaysBetween(calendar, to, from);
    return back === null ? null : 0 - back;
  }
  let count = 0;
  for (let step = dayAfter(calendar, from); step.day <= to; step = dayAfter(calendar, step.day)) {
    if (step.works === null) return null;
    if (step.works) count += 1;
  }
  return count;
}

/** True where a due day rests on the made-up part of a demonstration calendar. */
export function isSimulated(calendar: Calendar, day: Day): boolean {
  return calendar.simulatedFrom !== undefined && day >= calendar.simulatedFrom;
}

/** Steps from `start` until `n` days have counted. `counts` answers null for a day that nobody knows. */
function countDays(
  calendar: Calendar,
  start: Day,
  n: number,
  options: DueOptions,
  counts: (step: Step) => boolean | null,
): Day | null {
  let day = start;
  for (let left = n; left > 0;) {
    const step = dayAfter(calendar, day);
    day = step.day;
    const halt = suspensionOn(options, day);
    if (halt) {
      if (halt.to === null) return null;
      day = halt.to;
      continue;
    }
    const counted = counts(step);
    if (counted === null) return null;
    if (counted) left -= 1;
  }
  return day;
}

function nextWorkday(calendar: Calendar, from: Day, options: DueOptions): Day | null {
  for (let day = from; ; day = addDays(day, 1)) {
    const works = isWorkday(calendar, day);
    if (works === null) return null;
    if (works && !suspensionOn(options, day)) return day;
  }
}

function suspensionOn(options: DueOptions, day: Day): Suspension | undefined {
  return options.suspended?.find((one) => one.from < day && (one.to === null || day <= one.to));
}

function isKnown(calendar: Calendar, day: Day): boolean {
  return calendar.validFrom <= day && day <= calendar.validThrough;
}

function requireCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`a term must be a whole number, 0 or more: ${n}`);
}

interface Step {
  day: Day;
  works: boolean | null;
}

/** The next day, and whether it works. Days that the calendar knows are worked out once: lists count from them by thousands. */
function dayAfter(calendar: Calendar, day: Day): Step {
  const { steps } = setsOf(calendar);
  const known = steps.get(day);
  if (known) return known;
  const next = addDays(day, 1);
  const step = { day: next, works: isWorkday(calendar, next) };
  if (step.works !== null) steps.set(day, step);
  return step;
}

interface Sets {
  off: ReadonlySet<Day>;
  work: ReadonlySet<Day>;
  /** By the day before. */
  steps: Map<Day, Step>;
}

/** Calendars are immutable, so what follows from them is worked out once. */
const sets = new WeakMap<Calendar, Sets>();

function setsOf(calendar: Calendar): Sets {
  let found = sets.get(calendar);
  if (!found) {
    found = { off: new Set(calendar.off), work: new Set(calendar.work), steps: new Map() };
    sets.set(calendar, found);
  }
  return found;
}
