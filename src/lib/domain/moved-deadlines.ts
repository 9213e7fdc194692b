/**
 * Which running terms (在办的件的期限) another calendar or other policies would move. Nothing is stored of a clock, so a change
 * of rules moves it at once; people are to know before. Pure.
 */
import { runningClocks, type ClockFacts } from './clocks.ts';
import type { Day } from './day.ts';
import type { Application } from './state.ts';

/** Counts of applications; one may be counted under several headings, but in `cases` once. */
export interface MovedDeadlines {
  cases: number;
  earlier: number;
  later: number;
  /** Not past with the old rules, past with the new ones. */
  passed: number;
  /** Had no date because the calendar did not reach that far (日历未更新), and has one. */
  dated: number;
}

export const NONE_MOVED: MovedDeadlines = { cases: 0, earlier: 0, later: 0, passed: 0, dated: 0 };

/** Adds one application to the counts. */
export function countMoved(
  sum: MovedDeadlines,
  app: Application,
  { old, next, today }: { old: ClockFacts; next: ClockFacts; today: Day },
): MovedDeadlines {
  const before = new Map(runningClocks(app, old).map(({ name, due }) => [name, due]));
  const moved = runningClocks(app, next).flatMap(({ name, due }) => {
    const was = before.get(name) ?? null;
    return was === due ? [] : [{ was, due }];
  });
  if (moved.length === 0) return sum;
  const any = (test: (was: Day | null, due: Day | null) => boolean): number =>
    moved.some(({ was, due }) => test(was, due)) ? 1 : 0;
  return {
    cases: sum.cases + 1,
    earlier: sum.earlier + any((was, due) => was !== null && due !== null && due < was),
    later: sum.later + any((was, due) => was !== null && due !== null && due > was),
    passed: sum.passed + any((was, due) => due !== null && due < today && (was === null || was >= today)),
    dated: sum.dated + any((was, due) => was === null && due !== null),
  };
}

/** 3 件在办的件期限会变：2 件提前，1 件推后；其中 1 件马上超期 */
export function movedWords({ cases, earlier, later, passed, dated }: MovedDeadlines): string {
  if (cases === 0) return '没有在办的件期限会变';
  const parts = [
    [earlier, '提前'],
    [later, '推后'],
    [dated, '从“日历未更新”变成有日期'],
  ] as const;
  const said = parts.flatMap(([n, word]) => (n > 0 ? [`${n} 件${word}`] : [])).join('，');
  const all = `${cases} 件在办的件期限会变${said === '' ? '' : `：${said}`}`;
  return passed > 0 ? `${all}；其中 ${passed} 件马上就超期` : all;
}
