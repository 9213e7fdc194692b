/**
 * Chinese days and moments. A day is a date in UTC+8 whatever the machine's time zone (domain.md §2.5):
 * everything here is arithmetic on UTC, and nothing asks the machine what time or zone it has.
 * Days compare as text, because they are always `YYYY-MM-DD`.
 */

/** `YYYY-MM-DD`, a date in China. */
export type Day = string;

/** ISO 8601 in UTC with `Z`, e.g. `2026-09-23T06:02:00.000Z`. */
export type Instant = string;

const DAY_MS = 86_400_000;
const CHINA_AHEAD_MS = 8 * 3_600_000;
const MONTH_LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT_SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z$/;

/** Milliseconds of an instant; throws on anything that is not ISO in UTC: a missing `Z` would mean the machine's zone. */
export function instantMs(instant: Instant): number {
  const ms = INSTANT_SHAPE.test(instant) ? Date.parse(instant) : NaN;
  if (Number.isNaN(ms)) throw new RangeError(`not an instant in UTC: ${instant}`);
  return ms;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** True for a date that exists, written `YYYY-MM-DD`. Asked for every field of every form: without a Date object. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !DAY_SHAPE.test(text)) return false;
  const [month, date] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  if (date < 1 || date > (MONTH_LENGTHS[month - 1] ?? 0)) return false;
  return month !== 2 || date < 29 || isLeap(Number(text.slice(0, 4)));
}

export function isInstant(text: unknown): text is Instant {
  return typeof text === 'string' && INSTANT_SHAPE.test(text) && !Number.isNaN(Date.parse(text));
}

/** The day in China at that moment. */
export function chineseDay(instant: Instant): Day {
  return dayOfMs(instantMs(instant) + CHINA_AHEAD_MS);
}

/** The moment at which a Chinese day begins. */
export function startOfDay(day: Day): Instant {
  return new Date(dayMs(day) - CHINA_AHEAD_MS).toISOString();
}

export function addDays(day: Day, days: number): Day {
  return dayOfMs(dayMs(day) + days * DAY_MS);
}

/** The same date some months later; the last day of the month where that date does not exist (民法典 §202). */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = partsOf(day);
  const index = year * 12 + (month - 1) + months;
  const last = new Date(Date.UTC(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return dayOfMs(last.getTime());
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (dayMs(to) - dayMs(from)) / DAY_MS;
}

/** 0 Sunday … 6 Saturday. */
export function weekday(day: Day): number {
  return new Date(dayMs(day)).getUTCDay();
}

/** For `sort`: earlier first. */
export function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 2026 年 9 月 23 日 */
export function formatDay(day: Day): string {
  const [year, month, date] = partsOf(day);
  return `${year} 年 ${month} 月 ${date} 日`;
}

/** 9 月 23 日 */
export function formatMonthDay(day: Day): string {
  const [, month, date] = partsOf(day);
  return `${month} 月 ${date} 日`;
}

/** 星期三 */
export function formatWeekday(day: Day): string {
  return `星期${'日一二三四五六'.charAt(weekday(day))}`;
}

/** 14:02, in China. */
export function formatTime(instant: Instant): string {
  return new Date(instantMs(instant) + CHINA_AHEAD_MS).toISOString().slice(11, 16);
}

/** 2026 年 9 月 23 日 14:02, in China. */
export function formatInstant(instant: Instant): string {
  return `${formatDay(chineseDay(instant))} ${formatTime(instant)}`;
}

function dayMs(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a day: ${String(day)}`);
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOfMs(ms: number): Day {
  const text = new Date(ms).toISOString();
  if (text.length !== 24) throw new RangeError(`outside the years 0000–9999: ${text}`);
  return text.slice(0, 10);
}

function partsOf(day: Day): [year: number, month: number, date: number] {
  dayMs(day);
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}
