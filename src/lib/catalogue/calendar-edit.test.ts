/** Days of a calendar, changed by people who do not see one another. */
import { describe, expect, test } from 'vitest';
import { isSimulated, isWorkday, type Calendar } from '#lib/domain/calendar.ts';
import { calendar } from '../../../tests/support/builders.ts';
import { NOTICE_2027 } from '../../../tests/support/holiday-notices.ts';
import { missingCalendar, pastDays, yearDoubts, yearFigures } from './calendar-check.ts';
import { applyCalendarChange, daysOfYear, yearChange, type CalendarChange } from './calendar-edit.ts';
import { readNotice } from './holiday-notice.ts';

const done = (from: Calendar, change: CalendarChange): Calendar => {
  const outcome = applyCalendarChange(from, change);
  if (outcome.is !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.calendar;
};
const year2027 = (from: Calendar): CalendarChange =>
  yearChange(from, 2027, readNotice(NOTICE_2027, 2027).days);

describe('a day', () => {
  test('is off or worked, and back again leaves no trace', () => {
    const thursday = { day: '2026-10-08', from: true, to: false };
    const saturday = { day: '2026-10-17', from: false, to: true };
    const changed = done(calendar, { days: [thursday, saturday] });
    expect([isWorkday(changed, '2026-10-08'), isWorkday(changed, '2026-10-17')]).toEqual([false, true]);
    const back = { days: [thursday, saturday].map(({ day, from, to }) => ({ day, from: to, to: from })) };
    const { validFrom, validThrough, off, work } = calendar;
    expect(done(changed, back)).toEqual({ ...calendar, validFrom, validThrough, off, work });
  });

  test('a make-up day that is taken away is a weekend again, not a day off of its own', () => {
    const changed = done(calendar, { days: [{ day: '2026-10-10', from: true, to: false }] });
    expect(changed.work).not.toContain('2026-10-10');
    expect(changed.off).toEqual(calendar.off);
  });

  test('that somebody else changed to something else is told; to the same, it is done', () => {
    const theirs = done(calendar, { days: [{ day: '2026-10-08', from: true, to: false }] });
    const mine = { day: '2026-10-09', from: true, to: false };
    // another day: both have their way
    expect(isWorkday(done(theirs, { days: [mine] }), '2026-10-08')).toBe(false);
    expect(
      applyCalendarChange(theirs, { days: [mine, { day: '2026-10-08', from: true, to: false }] }).is,
    ).toBe('done');
    const stale = { days: [mine, { day: '2026-10-10', from: true, to: false }] };
    const other = done(calendar, { days: [{ day: '2026-10-10', from: true, to: false }] });
    expect(applyCalendarChange(other, stale).is).toBe('done');
    expect(applyCalendarChange(other, { days: [{ day: '2026-10-09', from: false, to: true }] }).is).toBe(
      'done',
    );
    expect(applyCalendarChange(theirs, { days: [{ day: '2026-10-08', from: null, to: true }] })).toEqual({
      is: 'clash',
      days: ['2026-10-08'],
    });
  });

  test('beyond the calendar, or twice, is refused', () => {
    const words = (change: CalendarChange) => {
      const outcome = applyCalendarChange(calendar, change);
      return outcome.is === 'unfit' ? outcome.text : outcome.is;
    };
    expect(words({ days: [{ day: '2027-10-08', from: null, to: false }] })).toBe(
      '日历里没有 2027 年 10 月 8 日。请先录入那一年',
    );
    expect(words({ days: [], year: 2028 })).toBe('日历到 2026 年 12 月 31 日。请先录入 2027 年');
    const twice = { day: '2026-10-08', from: true, to: false };
    expect(words({ days: [twice, twice] })).toBe('同一天改了两次。请重新打开这一年，再改');
  });
});

describe('a year', () => {
  test('is put behind the calendar whole', () => {
    const change = year2027(calendar);
    expect(change.days).toHaveLength(365);
    const next = done(calendar, change);
    expect(next.validThrough).toBe('2027-12-31');
    expect(daysOfYear(2027).every((day) => isWorkday(next, day) !== null)).toBe(true);
    expect(yearFigures(next, 2027)).toEqual({
      year: 2027,
      working: 248,
      off: 19,
      makeUp: 6,
      simulated: false,
    });
    expect(yearDoubts(next, 2027)).toEqual([]);
    // the years before stay
    expect(next.off.slice(0, calendar.off.length)).toEqual(calendar.off);
  });

  test('entered from its notice takes the place of a simulated one, and only of that', () => {
    const simulated = { ...done(calendar, year2027(calendar)), simulatedFrom: '2027-01-01' };
    const official = done(simulated, year2027(simulated));
    expect(official).not.toHaveProperty('simulatedFrom');
    const further = done(
      { ...simulated },
      { days: daysOfYear(2028).map((day) => ({ day, from: null, to: true })), year: 2028 },
    );
    expect(isSimulated(further, '2027-01-01')).toBe(true);
    expect(done(further, year2027(further)).simulatedFrom).toBe('2028-01-01');
  });

  test('two people enter the same year: the second one sees where they differ', () => {
    const first = done(calendar, year2027(calendar));
    const days = year2027(calendar).days.map((one) =>
      one.day === '2027-10-08' ? { ...one, to: true } : one,
    );
    expect(applyCalendarChange(first, { days, year: 2027 })).toEqual({ is: 'clash', days: ['2027-10-08'] });
  });

  test('that does not add up raises doubts', () => {
    const { days } = year2027(calendar);
    const worked = days.map((one) => (one.day === '2027-10-01' ? { ...one, to: true } : one));
    expect(yearDoubts(done(calendar, { days: worked, year: 2027 }), 2027)).toEqual([
      '国庆节的 10 月 1 日是上班',
      '工作日里放假 18 天，周末上班 6 天，相差 12 天；法定节假日全年是 13 天',
    ]);
    expect(yearDoubts(calendar, 2024)).toEqual([]);
    expect(yearDoubts(calendar, 2025)).toEqual([]);
    expect(yearDoubts(calendar, 2026)).toEqual([]);
    expect(yearDoubts(calendar, 2027)).toEqual(['2027 年没有录全']);
  });
});

describe('next year’s calendar', () => {
  test('is missed from October on, and once the calendar has ended', () => {
    expect(missingCalendar(calendar, '2026-09-30')).toBeNull();
    expect(missingCalendar(calendar, '2026-10-01')).toEqual({
      is: 'nextYear',
      year: 2027,
      through: '2026-12-31',
    });
    expect(missingCalendar(calendar, '2027-01-01')).toEqual({ is: 'ended', through: '2026-12-31' });
    const next = done(calendar, year2027(calendar));
    expect(missingCalendar(next, '2026-11-24')).toBeNull();
    expect(missingCalendar({ ...next, simulatedFrom: '2027-01-01' }, '2026-11-24')).toEqual({
      is: 'simulated',
      year: 2027,
    });
  });

  test('past days are today and before; days of a year that was not there are none', () => {
    const days = ['2026-09-17', '2026-09-18', '2026-09-19'].map((day) => ({ day, from: true, to: false }));
    expect(pastDays({ days }, '2026-09-18')).toEqual(['2026-09-17', '2026-09-18']);
    expect(pastDays(year2027(calendar), '2027-03-01')).toEqual([]);
  });
});
