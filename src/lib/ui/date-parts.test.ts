import { describe, expect, it } from 'vitest';
import { digits, isFull, joinDate, readDate, splitDate } from './date-parts.ts';

describe('the boxes of a date', () => {
  it('a half-typed date comes back box by box, so a draft loses nothing', () => {
    for (const value of ['1943--', '1943-3-', '-3-8', '19--', '1943-1-'])
      expect(joinDate(splitDate(value))).toBe(value);
  });

  it('a whole date is padded, even when there is no such day', () => {
    expect(joinDate({ year: '1943', month: '3', day: '8' })).toBe('1943-03-08');
    expect(joinDate({ year: '1944', month: '2', day: '30' })).toBe('1944-02-30');
  });

  it('empty boxes are no date', () => {
    expect(joinDate(splitDate(''))).toBe('');
    expect(joinDate({ year: '', month: '', day: '' })).toBe('');
  });

  it.each([
    '19430308',
    '1943-03-08',
    '1943.3.8',
    '1943/3/8',
    '1943年3月8日',
    '１９４３年３月８日',
    ' 1943 3 8 ',
  ])('reads %s as it is written on papers', (text) =>
    expect(readDate(text)).toEqual({ year: '1943', month: '03', day: '08' }),
  );

  it.each(['', '1943', '1943-03', '43-3-8', '194303081', 'abc'])('does not make a date of "%s"', (text) =>
    expect(readDate(text)).toBeUndefined(),
  );

  it('goes on to the next box as soon as no further digit can belong to this one', () => {
    expect([isFull('year', '194'), isFull('year', '1943')]).toEqual([false, true]);
    expect([isFull('month', '1'), isFull('month', '0'), isFull('month', '4'), isFull('month', '12')]).toEqual(
      [false, false, true, true],
    );
    expect([isFull('day', '3'), isFull('day', '4'), isFull('day', '')]).toEqual([false, true, false]);
  });

  it('takes full-width digits as digits', () => expect(digits('１９43年')).toBe('1943'));
});
