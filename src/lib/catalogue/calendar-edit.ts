/**
 * What a person changes of a working-day calendar: days, each from what was seen to what is wanted, so that two people who
 * change different days both have their way, and of two who change the same day the later one is told. Pure. Invariants: the
 * calendar has no gap; `off` holds weekdays and `work` Saturdays and Sundays only; no day is changed that it does not know.
 */
import { isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import { addDays, formatDay, weekday, type Day } from '#lib/domain/day.ts';

export interface DayChange {
  day: Day;
  /** Whether it was a working day when it was looked at; null where the calendar did not reach. */
  from: boolean | null;
  to: boolean;
}

export interface CalendarChange {
  days: readonly DayChange[];
  /** A whole year as its notice (国务院办公厅通知) has it: it may be the one after the calendar's end, and is simulated no more. */
  year?: number | undefined;
}

export type CalendarOutcome =
  | { is: 'done'; calendar: Calendar }
  /** Somebody else changed these days meanwhile. */
  | { is: 'clash'; days: Day[] }
  | { is: 'unfit'; text: string };

/** Monday to Friday, before any notice. */
export const isWeekday = (day: Day): boolean => weekday(day) % 6 !== 0;

export const yearOf = (day: Day): number => Number(day.slice(0, 4));

export function daysOfYear(year: number): Day[] {
  const days: Day[] = [];
  for (let day = `${year}-01-01`; yearOf(day) === year; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The change that makes a year what its notice says; days that it does not name are as the week has them. */
export function yearChange(
  calendar: Calendar,
  year: number,
  said: ReadonlyMap<Day, boolean>,
): CalendarChange {
  const wanted = new Map(daysOfYear(year).map((day) => [day, said.get(day) ?? isWeekday(day)]));
  // a notice may name the last days of the year before (12 月 30 日至 1 月 1 日放假)
  for (const [day, works] of said) if (isWorkday(calendar, day) !== null) wanted.set(day, works);
  const days = [...wanted].flatMap(([day, to]): DayChange[] => {
    const from = isWorkday(calendar, day);
    return from === to ? [] : [{ day, from, to }];
  });
  return { days, year };
}

export function applyCalendarChange(calendar: Calendar, { days, year }: CalendarChange): CalendarOutcome {
  if (new Set(days.map(({ day }) => day)).size !== days.length)
    return { is: 'unfit', text: '同一天改了两次。请重新打开这一年，再改' };
  const reached = year === undefined ? calendar : reach(calendar, year);
  if (!reached) {
    const next = yearOf(calendar.validThrough) + 1;
    return { is: 'unfit', text: `日历到 ${formatDay(calendar.validThrough)}。请先录入 ${next} 年` };
  }
  const outside = days.find(({ day }) => isWorkday(reached, day) === null);
  if (outside) return { is: 'unfit', text: `日历里没有 ${formatDay(outside.day)}。请先录入那一年` };
  const clashes = days.filter(({ day, from, to }) => {
    const now = isWorkday(calendar, day);
    return now !== from && now !== to;
  });
  if (clashes.length > 0) return { is: 'clash', days: clashes.map(({ day }) => day) };
  const set = new Map(days.map(({ day, to }) => [day, to]));
  const kept = (list: readonly Day[]): Day[] => list.filter((day) => !set.has(day));
  const added = (works: boolean): Day[] =>
    [...set].flatMap(([day, to]) => (to === works && isWeekday(day) !== works ? [day] : []));
  return {
    is: 'done',
    calendar: {
      ...reached,
      off: [...kept(reached.off), ...added(false)].sort(),
      work: [...kept(reached.work), ...added(true)].sort(),
    },
  };
}

/** The calendar with that year in it and no part of it simulated; null where a year between would be missing. */
function reach({ simulatedFrom, ...calendar }: Calendar, year: number): Calendar | null {
  const last = yearOf(calendar.validThrough);
  if (year < yearOf(calendar.validFrom) || year > last + 1) return null;
  const end = `${year}-12-31`;
  const validThrough = end > calendar.validThrough ? end : calendar.validThrough;
  const stillFrom =
    simulatedFrom === undefined || yearOf(simulatedFrom) !== year
      ? simulatedFrom
      : year < last
        ? `${year + 1}-01-01`
        : undefined;
  return { ...calendar, validThrough, ...(stillFrom === undefined ? {} : { simulatedFrom: stillFrom }) };
}
