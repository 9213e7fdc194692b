import { describe, expect, it } from 'vitest';
import { rulerCells, type RulerDay } from './ruler.ts';

const day = (date: string, work: boolean, count: number, holiday?: string): RulerDay => ({
  date,
  work,
  count,
  ...(holiday === undefined ? {} : { holiday }),
});

describe('the ruler of working days', () => {
  it('a holiday is one cell with its name and its dates', () => {
    const cells = rulerCells(
      [
        day('2026-09-24', true, 8),
        day('2026-09-25', false, 0, '中秋'),
        day('2026-09-26', false, 0, '中秋'),
        day('2026-09-27', false, 0, '中秋'),
        day('2026-09-28', true, 10),
      ],
      '2026-09-23',
    );
    expect(cells.map((cell) => cell.text)).toEqual(['周四 9/24', '9/25—27 中秋', '周一 9/28']);
  });

  it('a Sunday on which one works is a working day, because the calendar says so', () => {
    const [cell] = rulerCells([day('2026-09-20', true, 2)], '2026-09-23');
    expect(cell).toMatchObject({ kind: 'work', text: '周日 9/20' });
  });

  it('bars are shares of the fullest day, and today is named', () => {
    const cells = rulerCells([day('2026-09-23', true, 3), day('2026-09-24', true, 10)], '2026-09-23');
    expect(cells).toMatchObject([
      { text: '今天 9/23', today: true, percent: 30 },
      { text: '周四 9/24', today: false, percent: 100 },
    ]);
  });

  it('days off across two months keep both, and days off at the end are not lost', () => {
    const cells = rulerCells([day('2026-10-31', false, 0), day('2026-11-01', false, 0)], '2026-10-30');
    expect(cells).toEqual([{ kind: 'off', key: '2026-10-31', text: '10/31—11/1 休息', count: 0 }]);
  });

  it('no work due draws no bar instead of dividing by nothing', () => {
    expect(rulerCells([day('2026-09-23', true, 0)], '2026-09-23')).toMatchObject([{ percent: 0 }]);
  });
});
