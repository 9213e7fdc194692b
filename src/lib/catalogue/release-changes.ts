/**
 * What a release changes against what is in force: the items of all levels together, the county's rules and the calendar;
 * and the sentence that sums it up. Pure.
 */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { compareItems, type ItemChange, type ListChanges } from './item-changes.ts';
import type { CountyPolicy } from './policy.ts';
import { calendarChanges, policyChanges, type RuleChange } from './rule-changes.ts';

/** All that a county publishes at once. */
export interface Offering {
  items: Readonly<Record<Level, readonly Item[]>>;
  calendar: Calendar;
  policy: CountyPolicy;
}

/** `levels`: where, when not everywhere alike. */
export interface ReleaseChanges {
  added: (ListChanges['added'][number] & { at: Level[] })[];
  removed: (ListChanges['removed'][number] & { at: Level[] })[];
  changed: (ItemChange & { at: Level[] })[];
  policy: RuleChange[];
  calendar: RuleChange[];
}

/** `old` is null before the first release. */
export function compareOfferings(old: Offering | null, next: Offering): ReleaseChanges {
  const changes: ReleaseChanges = {
    added: [],
    removed: [],
    changed: [],
    policy: old ? policyChanges(old.policy, next.policy) : [],
    calendar: old ? calendarChanges(old.calendar, next.calendar) : [],
  };
  const everywhere = (items: Offering['items'] | undefined): Set<string> =>
    new Set(LEVELS.flatMap((level) => items?.[level].map(({ code }) => code) ?? []));
  const [before, after] = [everywhere(old?.items), everywhere(next.items)];
  for (const level of LEVELS) {
    const { added, removed, changed } = compareItems(old?.items[level] ?? [], next.items[level]);
    // an item that only came to a level, or left one, is told by its 办理层级
    for (const one of added) if (!before.has(one.code)) join(changes.added, one, level);
    for (const one of removed) if (!after.has(one.code)) join(changes.removed, one, level);
    for (const one of changed) join(changes.changed, one, level);
  }
  return changes;
}

function join<T extends { code: string }>(list: (T & { at: Level[] })[], one: T, level: Level): void {
  const twin = list.find((other) => isAlike(other, one));
  if (twin) twin.at.push(level);
  else list.push({ ...one, at: [level] });
}

const isAlike = <T extends { code: string }>({ at: _, ...other }: T & { at: Level[] }, one: T): boolean =>
  other.code === one.code && JSON.stringify(other) === JSON.stringify(one);

/** 新增 3 项，停用 1 项，2 项材料减少，承诺时限压缩 5 天 */
export function summaryOf({ added, removed, changed, policy, calendar }: ReleaseChanges): string {
  const items = [...new Map(changed.map((one) => [one.code, one])).values()];
  const count = (test: (one: ItemChange) => boolean): number => items.filter(test).length;
  const days = (sign: 1 | -1): number =>
    items.reduce((sum, { promised }) => sum + Math.max(0, sign * promised), 0);
  const isMaterial = ({ fields }: ItemChange): boolean => fields.some(({ kind }) => kind === 'material');
  const isSized = ({ materials }: ItemChange): boolean => materials.more + materials.fewer > 0;
  const codes = (list: readonly { code: string }[]): number => new Set(list.map(({ code }) => code)).size;
  const parts: [number, (n: number) => string][] = [
    [codes(added), (n) => `新增 ${n} 项`],
    [codes(removed), (n) => `停用 ${n} 项`],
    [count(({ materials }) => materials.fewer > materials.more), (n) => `${n} 项材料减少`],
    [count(({ materials }) => materials.more > materials.fewer), (n) => `${n} 项材料增加`],
    [
      count((one) => isMaterial(one) && (!isSized(one) || one.materials.more === one.materials.fewer)),
      (n) => `${n} 项材料要求有改动`,
    ],
    [days(-1), (n) => `承诺时限压缩 ${n} 天`],
    [days(1), (n) => `承诺时限延长 ${n} 天`],
    [count(({ fields }) => fields.some(({ kind }) => kind === 'form')), (n) => `${n} 项表单有改动`],
    [
      count(({ fields, promised }) =>
        fields.some(({ kind }) => kind === 'fact' || (kind === 'limit' && promised === 0)),
      ),
      (n) => `${n} 项其他内容有改动`,
    ],
    [policy.length, (n) => `县级规则改 ${n} 处`],
    [calendar.length, (n) => `工作日历改 ${n} 处`],
  ];
  const said = parts.flatMap(([n, words]) => (n > 0 ? [words(n)] : []));
  return said.join('，') || '和现行的没有不同';
}

export const isUnchanged = ({ added, removed, changed, policy, calendar }: ReleaseChanges): boolean =>
  [added, removed, changed, policy, calendar].every((list) => list.length === 0);
