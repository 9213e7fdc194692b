/** The notice of 2026 as it was given, and what goes wrong when one is pasted. */
import { describe, expect, test } from 'vitest';
import { calendar } from '../../../tests/support/builders.ts';
import { NOTICE_2026 } from '../../../tests/support/holiday-notices.ts';
import { yearChange } from './calendar-edit.ts';
import { readNotice } from './holiday-notice.ts';

const problemsOf = (text: string, year = 2026): string[] =>
  readNotice(text, year).problems.map(({ line, text: what }) => `${line} ${what}`);

describe('a pasted notice', () => {
  test('of 2026 gives the calendar of 2026, to the day', () => {
    const { days, problems } = readNotice(NOTICE_2026, 2026);
    expect(problems).toEqual([]);
    expect(yearChange(calendar, 2026, days).days).toEqual([]);
  });

  test('lines of dates give the same, with what Excel makes of dates', () => {
    const rows = [
      '日期,类型',
      '2026/10/1,放假',
      '2026-10-02,放假',
      '2026年10月10日\t上班',
      '2026.9.20,调休上班',
    ];
    const { days, problems } = readNotice(rows.join('\r\n'), 2026);
    expect(problems).toEqual([]);
    expect([...days]).toEqual([
      ['2026-10-01', false],
      ['2026-10-02', false],
      ['2026-10-10', true],
      ['2026-09-20', true],
    ]);
  });

  test('may begin in the year before; commas and full stops may be any', () => {
    const { days, problems } = readNotice('12月30日上班，2027年1月1日至3日放假', 2027);
    expect(problems.map(({ text }) => text)).toEqual(['2027 年 12 月 30 日是星期四，本来就上班，请核对']);
    expect([...days.keys()]).toEqual(['2027-01-01', '2027-01-02', '2027-01-03']);
    expect([...readNotice('2026年12月31日至2027年1月3日放假', 2027).days.keys()][0]).toBe('2026-12-31');
  });

  test('a weekday that is not that day’s is told: the notice of another year', () => {
    expect(problemsOf('10月1日（周三）至7日（周三）放假。10月10日（星期天）上班')).toEqual([
      '1 2026 年 10 月 1 日是星期四，写的是星期三。请核对年份和日期',
      '1 2026 年 10 月 10 日是星期六，写的是星期日。请核对年份和日期',
    ]);
  });

  test.each([
    ['', '0 请贴上通知里的放假安排'],
    ['祝大家节日快乐', '0 没有找到放假、上班的日子。例如：10月1日至7日放假。10月10日（周六）上班。'],
    ['从10月1日起', '1 没有看懂“从10月1日起”。一行写一个节日，例如：10月1日至7日放假。10月10日（周六）上班'],
    [
      '2026-10-01,不知道',
      '1 没有看懂“2026-10-01,不知道”。一行写一个节日，例如：10月1日至7日放假。10月10日（周六）上班',
    ],
    ['2026-02-30,放假', '1 “2026-02-30,放假”里没有这一天'],
    ['2月30日放假', '1 “2月30日”：没有这一天'],
    ['3日放假', '1 “3日”没有写月份'],
    ['10月7日至1日放假', '1 “10月7日至1日”的起止日子不对，请核对月份'],
    ['1月1日至10月7日放假', '1 “1月1日至10月7日”的起止日子不对，请核对月份'],
    ['10月10日放假\n10月10日上班', '2 2026 年 10 月 10 日又写放假、又写上班'],
    ['10月1日至7日放假调休，共8天', '1 写的是共 8 天，日子算下来是 7 天，请核对'],
    ['2020-10-01,放假', '1 2020 年 10 月 1 日不是 2026 年的'],
    [
      '国庆节：10月1日至7日放假',
      '0 没有元旦、春节、清明节、劳动节、端午节、中秋节。请贴上 2026 年的全部安排',
    ],
    ['长'.repeat(20_001), '0 太长了。请只贴通知里“一、元旦”到“七、国庆节”那几行'],
  ])('%.30s → %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('that names some holidays and not all is not the whole year', () => {
    expect(problemsOf(NOTICE_2026.replace(/^五、.*\n/m, ''))).toEqual([
      '0 没有端午节。请贴上 2026 年的全部安排',
    ]);
  });
});
