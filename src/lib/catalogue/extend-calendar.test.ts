import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dueWorkingDays, isSimulated, isWorkday } from '#lib/domain/calendar.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import { weekday } from '#lib/domain/day.ts';
import { extendCalendar } from './extend-calendar.ts';

const data = (name: string): Calendar =>
  JSON.parse(readFileSync(new URL(`../server/seed/data/${name}`, import.meta.url), 'utf8')) as Calendar;
const official = data('calendar.json');
const simulated = data('calendar-2027-simulated.json');
const both = extendCalendar(official, simulated);

describe('the demo calendar', () => {
  test('reaches through 2027 and says from which day on it is made up', () => {
    expect(both.validThrough).toBe('2027-12-31');
    expect(isSimulated(both, '2026-12-31')).toBe(false);
    expect(isSimulated(both, '2027-01-01')).toBe(true);
  });

  test('terms run over the new year instead of ending in 日历未更新', () => {
    expect(dueWorkingDays(official, '2026-12-30', 5)).toBeNull();
    // 12-31 Thursday, 01-01 is a holiday, then Monday to Thursday
    expect(dueWorkingDays(both, '2026-12-30', 5)).toBe('2027-01-07');
  });

  test('Spring Festival is not worked, the weekend days that make up for it are', () => {
    expect(['2027-02-05', '2027-02-06', '2027-02-12'].map((day) => isWorkday(both, day))).toEqual([
      false,
      false,
      false,
    ]);
    expect(isWorkday(both, '2027-02-13')).toBe(true);
  });

  test('off lists weekdays of 2027, work lists its weekend days, none in both', () => {
    const weekend = (day: string) => weekday(day) % 6 === 0;
    expect(simulated.off.filter(weekend)).toEqual([]);
    expect(simulated.work.filter((day) => !weekend(day))).toEqual([]);
    expect([...simulated.off, ...simulated.work].every((day) => day.startsWith('2027-'))).toBe(true);
  });

  test('a gap or an overlap between years is refused', () => {
    expect(() => extendCalendar(official, { ...simulated, validFrom: '2027-01-02' })).toThrow(RangeError);
    expect(() => extendCalendar(both, simulated)).toThrow(RangeError);
  });
});
