/**
 * The days of the demo year (演示年): when offices work, when markets are held, and the moments at which computers call.
 * A working day has four moments; at each the stations' computers call first and the townships' after them. Moments are
 * whole numbers, four a working day from the first day on, so that a story moves by adding.
 */
import { isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import { addDays, instantMs, startOfDay, weekday, type Day, type Instant } from '#lib/domain/day.ts';

/** Calendar days before today on which the year begins. */
export const YEAR_DAYS = 365;

/** When a city is founded that is to have lived a year by `now`: a week before its first day of work. */
export const foundedBefore = (now: Instant): Instant =>
  new Date(instantMs(now) - (YEAR_DAYS + 7) * 86_400_000).toISOString();

export const MOMENTS = 4;

/** Minutes after midnight. A station's spread of 40 ends before its township calls, whose spread of 10 ends before the next. */
const STATION_CALLS = [8 * 60 + 40, 10 * 60 + 20, 14 * 60 + 40, 16 * 60 + 10];
const TOWNSHIP_CALLS = [10 * 60, 11 * 60 + 35, 15 * 60 + 25, 17 * 60 + 15];

const MINUTE_MS = 60_000;

export const instantAt = (day: Day, minutes: number): Instant =>
  new Date(instantMs(startOfDay(day)) + minutes * MINUTE_MS).toISOString();

export const minutesLater = (at: Instant, minutes: number): Instant =>
  new Date(instantMs(at) + minutes * MINUTE_MS).toISOString();

/** The working days from `first` through `last`. Beyond the calendar Mondays to Fridays count. */
export function workingDays(calendar: Calendar, first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const n = weekday(day);
    if (isWorkday(calendar, day) ?? (n !== 0 && n !== 6)) days.push(day);
  }
  return days;
}

export const dayOf = (days: readonly Day[], moment: number): Day =>
  days[Math.floor(moment / MOMENTS)] ?? days.at(-1)!;

/** When a computer calls at that moment; `spread` (0 to 1) tells the computers of one moment apart. */
export function callAt(
  days: readonly Day[],
  moment: number,
  where: 'station' | 'counter',
  spread: number,
): Instant {
  const day = dayOf(days, moment);
  const slot = moment % MOMENTS;
  return where === 'station'
    ? instantAt(day, STATION_CALLS[slot]! + Math.floor(spread * 40))
    : instantAt(day, TOWNSHIP_CALLS[slot]! + Math.floor(spread * 10));
}

/** The lunar date (1 to 30) of each day. */
export function lunarDates(days: readonly Day[]): number[] {
  const lunar = new Intl.DateTimeFormat('en-u-ca-chinese', { day: 'numeric', timeZone: 'Asia/Shanghai' });
  return days.map((day) => {
    const part = lunar.formatToParts(new Date(startOfDay(day))).find(({ type }) => type === 'day');
    return Number(part?.value);
  });
}

/** Whether a township whose `turn` (0 to 4) it is holds its market (逢集) on that lunar date: 逢三逢八 and the like. */
export const isMarketDay = (lunarDate: number, turn: number): boolean => lunarDate % 5 === turn;

/** How busy counters are: Mondays most, harvests least, and whoever works away is back before spring festival. */
export const WEEKDAY_SHARE = [1, 1.25, 1.1, 1, 0.95, 0.9, 0.7];
export const MONTH_SHARE = [1.05, 0.85, 1.15, 1, 0.9, 0.7, 0.9, 1.05, 1.1, 0.9, 1.15, 1.15];
