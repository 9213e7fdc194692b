/**
 * What is looked at before a calendar is changed: does a year add up, does next year's fail, which days are past. Pure.
 * Sources: 全国年节及纪念日放假办法 (国令 795, from 2025: 13 days; before: 11); domain.md §2.5.
 */
import { isSimulated, isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import { formatMonthDay, type Day } from '#lib/domain/day.ts';
import { daysOfYear, isWeekday, yearOf, type CalendarChange } from './calendar-edit.ts';

/** 元旦 1, 春节 4, 清明 1, 劳动节 2, 端午 1, 中秋 1, 国庆 3. */
const STATUTORY_DAYS = 13;
const STATUTORY_DAYS_BEFORE_2025 = 11;

/** Holidays that fall on the same date each year. */
const FIXED: readonly { name: string; dates: readonly string[] }[] = [
  { name: '元旦', dates: ['01-01'] },
  { name: '劳动节', dates: ['05-01', '05-02'] },
  { name: '国庆节', dates: ['10-01', '10-02', '10-03'] },
];

export interface YearFigures {
  year: number;
  /** Working days in all. */
  working: number;
  /** Weekdays off. */
  off: number;
  /** Saturdays and Sundays that are worked (调休上班). */
  makeUp: number;
  simulated: boolean;
}

/** null where the calendar does not know the whole year. */
export function yearFigures(calendar: Calendar, year: number): YearFigures | null {
  const days = daysOfYear(year);
  if (days.some((day) => isWorkday(calendar, day) === null)) return null;
  const worked = days.filter((day) => isWorkday(calendar, day));
  return {
    year,
    working: worked.length,
    off: days.filter((day) => isWeekday(day) && !isWorkday(calendar, day)).length,
    makeUp: worked.filter((day) => !isWeekday(day)).length,
    simulated: days.some((day) => isSimulated(calendar, day)),
  };
}

/** Every year the calendar knows in whole. */
export function knownYears(calendar: Calendar): YearFigures[] {
  const years: YearFigures[] = [];
  for (let year = yearOf(calendar.validFrom); year <= yearOf(calendar.validThrough); year++) {
    const figures = yearFigures(calendar, year);
    if (figures) years.push(figures);
  }
  return years;
}

/** What a year has that a notice is not likely to say: looked at by a person, who may know better. */
export function yearDoubts(calendar: Calendar, year: number): string[] {
  const figures = yearFigures(calendar, year);
  if (!figures) return [`${year} 年没有录全`];
  const doubts = FIXED.flatMap(({ name, dates }) => {
    const worked = dates.map((date) => `${year}-${date}`).filter((day) => isWorkday(calendar, day));
    const isSinceMayHasTwo = name !== '劳动节' || year >= 2025;
    const wrong = isSinceMayHasTwo ? worked : worked.filter((day) => day.endsWith('-01'));
    return wrong.length > 0 ? [`${name}的 ${wrong.map(formatMonthDay).join('、')}是上班`] : [];
  });
  const statutory = year >= 2025 ? STATUTORY_DAYS : STATUTORY_DAYS_BEFORE_2025;
  const given = figures.off - figures.makeUp;
  if (given !== statutory)
    doubts.push(
      `工作日里放假 ${figures.off} 天，周末上班 ${figures.makeUp} 天，相差 ${given} 天；法定节假日全年是 ${statutory} 天`,
    );
  return doubts;
}

/** From October on the notice for the next year is due: the State Council gives it in October or November. */
const FROM_MONTH = 10;

export type Missing =
  | { is: 'ended'; through: Day }
  | { is: 'nextYear'; year: number; through: Day }
  /** It is there, but made up for a demonstration. */
  | { is: 'simulated'; year: number };

/** Which calendar has to be entered now; null when there is nothing to do. */
export function missingCalendar(calendar: Calendar, today: Day): Missing | null {
  if (today > calendar.validThrough) return { is: 'ended', through: calendar.validThrough };
  const next = Number(today.slice(5, 7)) < FROM_MONTH ? yearOf(today) : yearOf(today) + 1;
  if (calendar.validThrough < `${next}-12-31`)
    return { is: 'nextYear', year: next, through: calendar.validThrough };
  return isSimulated(calendar, `${next}-12-31`) ? { is: 'simulated', year: next } : null;
}

/** Days that clocks have run over: today counts, because somebody's term may end with it. */
export const pastDays = ({ days }: CalendarChange, today: Day): Day[] =>
  days.flatMap(({ day, from }) => (from !== null && day <= today ? [day] : []));
