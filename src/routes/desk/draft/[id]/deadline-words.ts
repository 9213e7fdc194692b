/** 期限: what a villager may be told about time before anything has arrived anywhere. No date is guessed (日历未更新). */
import { dueWorkingDays, type Calendar } from '#lib/domain/calendar.ts';
import { ACCEPTANCE_DAYS, isVillageOnly } from '#lib/domain/clocks.ts';
import { formatMonthDay, type Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';

export interface DeadlineWords {
  text: string;
  /** The calendar on this device does not reach that far. */
  calendarEnds: boolean;
}

/** `calendar` is null before the first release. */
export function deadlineWords(item: Item, calendar: Calendar | null, today: Day): DeadlineWords {
  if (item.handling === '即办件' || item.promisedDays === 0) {
    return { text: '即办件，材料齐了当场办好。', calendarEnds: false };
  }
  const due = calendar && dueWorkingDays(calendar, today, item.promisedDays);
  const promise = isVillageOnly(item)
    ? `村里收到后 ${item.promisedDays} 个工作日办好。`
    : `乡镇收到后 ${ACCEPTANCE_DAYS} 个工作日内告知是否受理，受理后 ${item.promisedDays} 个工作日办好。`;
  if (due === null) return { text: promise, calendarEnds: true };
  const when = isVillageOnly(item) ? '今天收件' : '今天送到、当天受理';
  return {
    text: `${promise}${when}，最迟 ${formatMonthDay(due)}办好（周末和放假不算）。`,
    calendarEnds: false,
  };
}
