/** How a clock's lamp reads at the counter. Pure. */
import type { Lamp } from '#lib/domain/clocks.ts';
import { daysBetween, type Day } from '#lib/domain/day.ts';

/** Days on which a lamp's clock is due, in words: 明天到期, 剩 6 个工作日. */
export function lampText({ lamp, clock, left }: Lamp, today: Day): string | undefined {
  if (lamp === 'unknown') return '日历未更新';
  if (clock?.due == null || left === null) return undefined;
  if (left < 0) return lamp === 'over' ? `超法定 ${-left} 日` : `超期 ${-left} 日`;
  const ahead = daysBetween(today, clock.due);
  if (ahead === 0) return '今天到期';
  return ahead === 1 ? '明天到期' : `剩 ${left} 个工作日`;
}
