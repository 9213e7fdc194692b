/** Days of the 工作日尺: what falls due on each of the next working days. The calendar says which days work; beyond it none. */
import { isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { RulerDay } from '#lib/ui/ruler.ts';
import { isPast, type CaseRow } from './queue.ts';

/** Working days that are shown. */
export const RULER_DAYS = 7;
/** The longest stretch without a working day that is walked over. */
const LONGEST_REST = 20;

type Due = Pick<CaseRow, 'due'>;

/** `hrefOf`: where a day leads. Ends at the last day the calendar knows. */
export function rulerDays(
  rows: readonly Due[],
  calendar: Calendar,
  today: Day,
  hrefOf: (day: Day) => string,
): RulerDay[] {
  const counts = new Map<Day, number>();
  for (const { due } of rows) if (due !== null) counts.set(due, (counts.get(due) ?? 0) + 1);
  const days: RulerDay[] = [];
  let working = 0;
  for (let ahead = 0; working < RULER_DAYS && ahead < RULER_DAYS + LONGEST_REST; ahead += 1) {
    const date = addDays(today, ahead);
    const work = isWorkday(calendar, date);
    if (work === null) break;
    const count = counts.get(date) ?? 0;
    // a due day is never a rest day, but a day of rest that is today is where one stands
    days.push({
      date,
      work,
      count,
      ...(work && count > 0 ? { href: hrefOf(date) } : {}),
      ...(work && ahead === 0 && count > 0 ? { lamp: 'red' as const } : {}),
      ...(work && working === 1 && count > 0 ? { lamp: 'yellow' as const } : {}),
    });
    if (work) working += 1;
  }
  while (days.length > 0 && days.at(-1)?.work === false) days.pop();
  return days;
}

export const pastDue = (rows: readonly Due[], today: Day): number =>
  rows.filter((row) => isPast(row, today)).length;
