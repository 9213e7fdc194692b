/** What a person is to read before rules are changed: which terms move, which days are past, what does not add up. */
import { pastDays, yearDoubts } from '#lib/catalogue/calendar-check.ts';
import { yearOf, type CalendarChange } from '#lib/catalogue/calendar-edit.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import { chineseDay, formatDay } from '#lib/domain/day.ts';
import { movedWords } from '#lib/domain/moved-deadlines.ts';
import type { Office } from '../office.ts';
import { movedDeadlines } from './moved-deadlines.ts';

interface Rules {
  calendar: Calendar;
  policy: CountyPolicy;
}

const NAMED = 6;

/** Sentences; none where there is nothing to be asked. */
export async function wordsBefore(
  office: Pick<Office, 'store' | 'rulebook' | 'clock'>,
  county: string,
  { old, next, change }: { old: Rules; next: Rules; change?: CalendarChange },
): Promise<string[]> {
  const words: string[] = [];
  if (change) {
    const past = pastDays(change, chineseDay(office.clock.now()));
    if (past.length > 0) {
      const named = past.slice(0, NAMED).map(formatDay).join('、');
      const days = past.length > NAMED ? `${named}等 ${past.length} 天` : named;
      words.push(`${days}已经到了或者过去了。跨过去的期限会重算；已经视为受理、已经终止的件不会退回去。`);
    }
    words.push(...newDoubts(old.calendar, next.calendar, change).map((doubt) => `请核对：${doubt}。`));
  }
  const moved = await movedDeadlines(office, county, { old, next });
  if (moved.cases > 0)
    words.push(`${movedWords(moved)}。发布到全县起按新的算，已经打出的文书上还是原来的日期。`);
  return words;
}

/** Of the years that it touches, what was not so before; of a year that is entered, all. */
function newDoubts(old: Calendar, next: Calendar, { days, year }: CalendarChange): string[] {
  const years = new Set([...days.map(({ day }) => yearOf(day)), ...(year === undefined ? [] : [year])]);
  return [...years].sort().flatMap((one) => {
    const before = one === year ? [] : yearDoubts(old, one);
    return yearDoubts(next, one).filter((doubt) => !before.includes(doubt));
  });
}
