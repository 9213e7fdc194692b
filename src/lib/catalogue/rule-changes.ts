/** What differs between two county policies (县级规则) and two working-day calendars, in words. Pure. */
import type { Calendar } from '#lib/domain/calendar.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { LEVEL_NAMES } from '#lib/domain/time-limit-words.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import type { CountyPolicy } from './policy.ts';

export interface RuleChange {
  label: string;
  from: string;
  to: string;
}

const days = (n: number): string => `${n} 个工作日`;

/** Every rule of a policy, as the page /county/rules names it. */
export function policyFields(policy: CountyPolicy): { label: string; value: string }[] {
  return [
    { label: '补正期限', value: days(policy.correctionDays) },
    { label: '容缺后补期限', value: days(policy.toleranceDays) },
    { label: '黄灯：剩下的比例', value: `${Math.round(policy.yellowShare * 100)}%` },
    { label: '黄灯：短时限剩下', value: days(policy.yellowDays) },
    { label: '多少天以内算短时限', value: days(policy.shortClockDays) },
    { label: '旧版事项还能收件', value: days(policy.graceDays) },
    { label: '分办、转报等多久提醒', value: days(policy.forwardingAlertDays) },
    ...LEVELS.map((level) => ({
      label: `${LEVEL_NAMES[level]}数量底线`,
      value: `${policy.minimumItems[level]} 项`,
    })),
  ];
}

export function policyChanges(old: CountyPolicy, next: CountyPolicy): RuleChange[] {
  const before = policyFields(old);
  return policyFields(next).flatMap(({ label, value }, at) =>
    before[at]!.value === value ? [] : [{ label, from: before[at]!.value, to: value }],
  );
}

export function calendarChanges(old: Calendar, next: Calendar): RuleChange[] {
  const changes: RuleChange[] = [];
  const told = (label: string, from: string, to: string): void => {
    if (from !== to) changes.push({ label, from, to });
  };
  told('日历从', formatDay(old.validFrom), formatDay(next.validFrom));
  told('日历到', formatDay(old.validThrough), formatDay(next.validThrough));
  const simulated = ({ simulatedFrom }: Calendar): string =>
    simulatedFrom === undefined ? '没有模拟的日子' : `${formatDay(simulatedFrom)}起是模拟`;
  told('模拟', simulated(old), simulated(next));
  changes.push(...ofDays('放假', old.off, next.off), ...ofDays('调休上班', old.work, next.work));
  return changes;
}

function ofDays(label: string, old: readonly Day[], next: readonly Day[]): RuleChange[] {
  const missing = (one: readonly Day[], other: readonly Day[]): Day[] => {
    const known = new Set(other);
    return [...new Set(one)].filter((day) => !known.has(day)).sort();
  };
  return [
    ...missing(next, old).map((day) => ({ label: `${label} ${formatDay(day)}`, from: '没有', to: '加上' })),
    ...missing(old, next).map((day) => ({ label: `${label} ${formatDay(day)}`, from: '有', to: '去掉' })),
  ];
}
