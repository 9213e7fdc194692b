/** How a device is, in the administrator's words. */
import { SILENT_MS } from '#lib/domain/board.ts';
import {
  chineseDay,
  daysBetween,
  formatInstant,
  formatMonthDay,
  formatTime,
  instantMs,
} from '#lib/domain/day.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { DeviceStanding } from '#lib/domain/device-view.ts';

/** Which of them are looked at. */
export const STANDING_WORDS: Readonly<Record<DeviceStanding, string>> = {
  active: '在用',
  silent: '在用、超过 72 小时没联系',
  revoked: '已停用',
};

export interface Contact {
  words: string;
  silent: boolean;
}

/** 今天 14:02 · 昨天 14:02 · 9 月 20 日 14:02·已 3 天 */
export function contactWords(lastContact: Instant | null, now: Instant): Contact {
  if (lastContact === null) return { words: '登记后还没有联系过', silent: true };
  const day = chineseDay(lastContact);
  const days = daysBetween(day, chineseDay(now));
  const silent = instantMs(now) - instantMs(lastContact) > SILENT_MS;
  const time = formatTime(lastContact);
  if (days === 0) return { words: `今天 ${time}`, silent };
  if (days === 1) return { words: `昨天 ${time}`, silent };
  if (day.slice(0, 4) !== chineseDay(now).slice(0, 4)) return { words: formatInstant(lastContact), silent };
  return { words: `${formatMonthDay(day)} ${time}${silent ? `·已 ${days} 天` : ''}`, silent };
}

/** 第 3 版 · 第 2 版，该换第 3 版. `offered`: what that very device is offered, which may be in an early ring, or held. */
export function releaseWords(held: number | null, offered: number): { words: string; behind: boolean } {
  if (held === null)
    return offered === 0 ? { words: '还没有发布', behind: false } : { words: '还没有取到', behind: true };
  if (held >= offered) return { words: `第 ${held} 版`, behind: false };
  return { words: `第 ${held} 版，该换第 ${offered} 版`, behind: true };
}
