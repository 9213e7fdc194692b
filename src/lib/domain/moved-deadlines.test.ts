/** What other rules do to terms that run. */
import { describe, expect, test } from 'vitest';
import { applicationIn, calendar, item, TODAY } from '../../../tests/support/builders.ts';
import type { Calendar } from './calendar.ts';
import { countMoved, movedWords, NONE_MOVED, type MovedDeadlines } from './moved-deadlines.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import type { State } from './state.ts';

const old = { item: item(), calendar, policy: DEFAULT_POLICY };
const moved = (
  state: State,
  change: { calendar?: Partial<Calendar>; policy?: Partial<Policy> },
  today = TODAY,
): MovedDeadlines =>
  countMoved(NONE_MOVED, applicationIn(state), {
    old,
    next: {
      ...old,
      calendar: { ...calendar, ...change.calendar },
      policy: { ...DEFAULT_POLICY, ...change.policy },
    },
    today,
  });
/** Sunday the 20th is worked; without it the five days end a day later. */
const withoutSunday = { calendar: { work: calendar.work.filter((day) => day !== '2026-09-20') } };

describe('terms that another calendar moves', () => {
  test('are counted once an application, by where they go', () => {
    expect(moved('pending', withoutSunday)).toEqual({ ...NONE_MOVED, cases: 1, later: 1 });
    // promise and law both move: one application
    expect(moved('accepted', withoutSunday)).toEqual({ ...NONE_MOVED, cases: 1, later: 1 });
    const more = { calendar: { work: [...calendar.work, '2026-09-19'].sort() } };
    expect(moved('pending', more)).toEqual({ ...NONE_MOVED, cases: 1, earlier: 1 });
    expect(moved('pending', { calendar: { off: [...calendar.off, '2026-11-02'] } })).toEqual(NONE_MOVED);
    expect(moved('withdrawn', withoutSunday)).toEqual(NONE_MOVED);
  });

  test('that would be past at once are told, and those that get a date at last', () => {
    const shorter = { policy: { correctionDays: 5 } };
    expect(moved('correction', shorter, '2026-10-12')).toEqual({
      ...NONE_MOVED,
      cases: 1,
      earlier: 1,
      passed: 1,
    });
    expect(moved('correction', shorter)).toMatchObject({ earlier: 1, passed: 0 });
    const short = { ...old, calendar: { ...calendar, validThrough: '2026-09-20' } };
    const dated = countMoved(NONE_MOVED, applicationIn('pending'), { old: short, next: old, today: TODAY });
    expect(dated).toEqual({ ...NONE_MOVED, cases: 1, dated: 1 });
  });

  test('are said in one sentence', () => {
    expect(movedWords(NONE_MOVED)).toBe('没有在办的件期限会变');
    expect(movedWords({ cases: 3, earlier: 2, later: 1, passed: 1, dated: 0 })).toBe(
      '3 件在办的件期限会变：2 件提前，1 件推后；其中 1 件马上就超期',
    );
    expect(movedWords({ ...NONE_MOVED, cases: 2, dated: 2 })).toBe(
      '2 件在办的件期限会变：2 件从“日历未更新”变成有日期',
    );
  });
});
