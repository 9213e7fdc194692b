/** What differs between two county policies (县级规则) and two working-day calendars, in words. Pure. */
import type { Calendar } from '#lib/domain/calendar.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { POLICY_RULES, valueWords } from './policy-rules.ts';
import type { CountyPolicy } from './policy.ts';

export interface RuleChange {
  label: string;
  from: string;
  to: string;
}

/** Every rule of a policy, as the page /county/rules names it. */
export const policyFields = (policy: CountyPolicy): { label: string; value: string }[] =>
  POLICY_RULES.map(({ label, unit, get }) => ({ label, value: valueWords(unit, get(policy)) }));

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
