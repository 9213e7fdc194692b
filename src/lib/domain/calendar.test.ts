import { describe, expect, it, test } from 'vitest';
import {
  dueHours,
  dueMonths,
  dueNaturalDays,
  dueWorkingDays,
  isSimulated,
  isWorkday,
  workingDaysBetween,
} from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { addDays } from './day.ts';
import type { Day } from './day.ts';

/** The State Council's notice of 2025-11-04 for 2026. */
const calendar: Calendar = {
  validFrom: '2026-01-01',
  validThrough: '2026-12-31',
  off: [
    ...run('2026-01-01', 3),
    ...run('2026-02-15', 9),
    ...run('2026-04-04', 3),
    ...run('2026-05-01', 5),
    ...run('2026-06-19', 3),
    ...run('2026-09-25', 3),
    ...run('2026-10-01', 7),
  ],
  work: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
};

function run(from: Day, days: number): Day[] {
  return Array.from({ length: days }, (_, i) => addDays(from, i));
}

describe('the due day is the n-th working day after acceptance', () => {
  test.each([
    ['2026-09-18', 5, '2026-09-24', 'the worked Sunday counts'],
    ['2026-09-23', 5, '2026-10-08', 'over mid-autumn and National Day'],
    ['2026-09-28', 5, '2026-10-10', 'the worked Saturday is the last day'],
    ['2026-02-12', 3, '2026-02-24', 'over the Spring Festival'],
    ['2026-02-12', 20, '2026-03-18', 'over the Spring Festival'],
    ['2026-09-26', 1, '2026-09-28', 'accepted on a rest day'],
    ['2026-09-23', 0, '2026-09-23', 'on the spot'],
  ])('%s and %i days: %s (%s)', (start, n, due) => {
    expect(dueWorkingDays(calendar, start, n)).toBe(due);
  });

  it('skips a hearing from 09-29 to 10-09', () => {
    const suspended = [{ from: '2026-09-29', to: '2026-10-09' }];
    expect(dueWorkingDays(calendar, '2026-09-28', 5, { suspended })).toBe('2026-10-14');
  });

  it('skips several procedures, also overlapping ones, once', () => {
    const suspended = [
      { from: '2026-03-02', to: '2026-03-04' },
      { from: '2026-03-03', to: '2026-03-06' },
    ];
    // 03-02 counts, 03-03 to 03-06 do not
    expect(dueWorkingDays(calendar, '2026-03-01', 2, { suspended })).toBe('2026-03-09');
  });

  it('has no due day while a procedure is open, unless the term ends before it', () => {
    const suspended = [{ from: '2026-03-03', to: null }];
    expect(dueWorkingDays(calendar, '2026-03-01', 5, { suspended })).toBeNull();
    expect(dueWorkingDays(calendar, '2026-03-01', 2, { suspended })).toBe('2026-03-03');
    expect(dueNaturalDays(calendar, '2026-03-01', 5, { suspended })).toBeNull();
  });
});

describe('beyond the calendar no date is guessed', () => {
  it('a term that runs into 2027 has no due day', () => {
    expect(dueWorkingDays(calendar, '2026-12-30', 1)).toBe('2026-12-31');
    expect(dueWorkingDays(calendar, '2026-12-30', 2)).toBeNull();
    expect(dueNaturalDays(calendar, '2026-12-30', 5)).toBeNull();
    expect(dueMonths(calendar, '2026-12-01', 1)).toBeNull();
  });
  it('nobody knows whether 2027-01-04 is worked', () => {
    expect(isWorkday(calendar, '2027-01-04')).toBeNull();
    expect(isWorkday(calendar, '2025-12-31')).toBeNull();
    expect(workingDaysBetween(calendar, '2026-12-30', '2027-01-04')).toBeNull();
  });
  it('a term that ends before the calendar starts to know is not guessed either', () => {
    expect(dueWorkingDays(calendar, '2025-12-20', 3)).toBeNull();
    expect(dueWorkingDays(calendar, '2025-12-31', 1)).toBe('2026-01-04');
  });
  it('says which days are made up', () => {
    const demo: Calendar = { ...calendar, validThrough: '2027-12-31', simulatedFrom: '2027-01-01' };
    expect(isSimulated(demo, '2026-12-31')).toBe(false);
    expect(isSimulated(demo, '2027-01-01')).toBe(true);
    expect(isSimulated(calendar, '2026-12-31')).toBe(false);
  });
});

describe('working days', () => {
  it('2026 has 248', () => {
    expect(workingDaysBetween({ ...calendar, validFrom: '2025-12-31' }, '2025-12-31', '2026-12-31')).toBe(
      248,
    );
  });
  test.each([
    ['2026-09-20', true],
    ['2026-09-25', false],
    ['2026-09-26', false],
    ['2026-09-24', true],
    ['2026-11-07', false],
  ])('%s worked: %s', (day, works) => expect(isWorkday(calendar, day)).toBe(works));
  it('left until the due day: 0 on the day, negative after it', () => {
    expect(workingDaysBetween(calendar, '2026-09-23', '2026-10-08')).toBe(5);
    expect(workingDaysBetween(calendar, '2026-10-08', '2026-10-08')).toBe(0);
    expect(workingDaysBetween(calendar, '2026-10-10', '2026-10-08')).toBe(-2);
  });
});

describe('other units', () => {
  test.each([
    ['2026-09-20', 10, '2026-09-30'],
    ['2026-09-20', 11, '2026-10-08'],
    ['2026-09-18', 7, '2026-09-28'],
  ])('%s and %i natural days end on %s: a last day on a holiday moves (民法典 §203)', (start, n, due) => {
    expect(dueNaturalDays(calendar, start, n)).toBe(due);
  });
  it('natural days of a procedure do not count', () => {
    const suspended = [{ from: '2026-03-02', to: '2026-03-10' }];
    expect(dueNaturalDays(calendar, '2026-03-01', 3, { suspended })).toBe('2026-03-12');
  });
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-09-03', 1, '2026-10-08'],
  ])('%s and %i month ends on %s', (start, n, due) => {
    expect(dueMonths(calendar, start, n)).toBe(due);
  });
  it('hours run on through the night', () => {
    expect(dueHours('2026-09-30T14:00:00Z', 24)).toBe('2026-10-01T14:00:00.000Z');
  });
  it('a term that is no whole number is a bug', () => {
    expect(() => dueWorkingDays(calendar, '2026-09-01', 1.5)).toThrow(RangeError);
    expect(() => dueWorkingDays(calendar, '2026-09-01', -1)).toThrow(RangeError);
  });
});
