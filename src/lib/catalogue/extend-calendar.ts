/**
 * Puts a further year behind a working-day calendar. Invariant: no gap and no overlap, so a day is known from
 * exactly one notice; where the further part is simulated (模拟), the whole says from which day on.
 */
import type { Calendar } from '#lib/domain/calendar.ts';
import { addDays } from '#lib/domain/day.ts';

/** One calendar over both spans. Throws RangeError unless `next` begins on the day after `calendar` ends. */
export function extendCalendar(calendar: Calendar, next: Calendar): Calendar {
  if (next.validFrom !== addDays(calendar.validThrough, 1)) {
    throw new RangeError(`calendar ends on ${calendar.validThrough}, the next begins on ${next.validFrom}`);
  }
  const simulatedFrom = calendar.simulatedFrom ?? next.simulatedFrom;
  return {
    validFrom: calendar.validFrom,
    validThrough: next.validThrough,
    off: [...calendar.off, ...next.off],
    work: [...calendar.work, ...next.work],
    ...(simulatedFrom === undefined ? {} : { simulatedFrom }),
  };
}
