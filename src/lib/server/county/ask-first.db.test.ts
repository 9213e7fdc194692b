/** What is asked before rules are written. */
import { expect, test } from 'vitest';
import { applyCalendarChange, type CalendarChange } from '#lib/catalogue/calendar-edit.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { calendar } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { COUNTY, foundTown, PERMIT, receive } from '../../../../tests/support/town.ts';
import { wordsBefore } from './ask-first.ts';

const policy = DEFAULT_COUNTY_POLICY;
const old = { calendar, policy };

eachDatabase('before rules are written', (database) => {
  test('days that are past, a year that does not add up and terms that move are told; else nothing', async () => {
    const town = await foundTown(await database.open());
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();
    const asked = async (change: CalendarChange) => {
      const outcome = applyCalendarChange(calendar, change);
      if (outcome.is !== 'done') throw new Error(outcome.is);
      const next = { calendar: outcome.calendar, policy };
      return wordsBefore(town.office, COUNTY, { old, next, change });
    };
    // the days of November are beyond its term; one for the other, the year adds up
    expect(
      await asked({
        days: [
          { day: '2026-11-02', from: true, to: false },
          { day: '2026-11-07', from: false, to: true },
        ],
      }),
    ).toEqual([]);
    expect(await asked({ days: [{ day: '2026-09-18', from: true, to: false }] })).toEqual([
      '2026 年 9 月 18 日已经到了或者过去了。跨过去的期限会重算；已经视为受理、已经终止的件不会退回去。',
      '请核对：工作日里放假 20 天，周末上班 6 天，相差 14 天；法定节假日全年是 13 天。',
    ]);
    expect((await asked({ days: [{ day: '2026-09-21', from: true, to: false }] })).at(-1)).toBe(
      '1 件在办的件期限会变：1 件推后。发布到全县起按新的算，已经打出的文书上还是原来的日期。',
    );
    const worked = ['07', '08', '09', '10', '11', '14', '15', '16'].map((date) => `2026-09-${date}`);
    const [first] = await asked({ days: worked.map((day) => ({ day, from: true, to: false })) });
    expect(first).toContain('2026 年 9 月 14 日等 8 天已经到了或者过去了');
  });

  test('policies that move no term are written without a word', async () => {
    const town = await foundTown(await database.open());
    const next = { calendar, policy: { ...policy, graceDays: 3 } };
    expect(await wordsBefore(town.office, COUNTY, { old, next })).toEqual([]);
  });
});
