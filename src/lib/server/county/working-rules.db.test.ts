/** A county's calendar and policies from the desk of two administrators to what applications are judged by. */
import { expect, test } from 'vitest';
import { yearChange, type CalendarChange } from '#lib/catalogue/calendar-edit.ts';
import { readNotice } from '#lib/catalogue/holiday-notice.ts';
import { changeRows } from '#lib/catalogue/change-rows.ts';
import { compareOfferings, summaryOf } from '#lib/catalogue/release-changes.ts';
import { isWorkday } from '#lib/domain/calendar.ts';
import { NONE_MOVED } from '#lib/domain/moved-deadlines.ts';
import { upgradeItem } from '#lib/catalogue/upgrade-item.ts';
import { calendar, NOW } from '../../../../tests/support/builders.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { NOTICE_2027 } from '../../../../tests/support/holiday-notices.ts';
import { ALLOWANCE, COUNTY, foundTown, PERMIT, receive, SITES } from '../../../../tests/support/town.ts';
import { brokenAuditLine } from '../audit.ts';
import { drawPlan, drawUndo } from '../catalogue/draw-plan.ts';
import { choosePilots, movePlan } from '../catalogue/move-plan.ts';
import { releasePlan } from '../catalogue/release-plan.ts';
import type { Store } from '../db/store.ts';
import { movedDeadlines } from './moved-deadlines.ts';
import { nextOffering } from './next-offering.ts';
import { fillList } from './working-list.ts';
import { changeCalendar, changePolicy, dropChanges, readWorkingRules } from './working-rules.ts';

const LATER = '2026-09-18T03:00:00.000Z';
const FIRST = { county: COUNTY, by: 'admin-1', now: NOW, basis: '示例电〔2026〕1号' };
const SECOND = { ...FIRST, by: 'admin-2', now: LATER, basis: '示例电〔2026〕2号' };
const MAKER = { id: 'admin-1', roles: ['admin', 'releaser'], county: COUNTY } as const;
const RELEASER = { id: 'admin-2', roles: ['admin', 'releaser'], county: COUNTY } as const;
/** Monday the 21st is off. */
const MONDAY: CalendarChange = { days: [{ day: '2026-09-21', from: true, to: false }] };

const read = (store: Store, county = COUNTY) => store.read((trx) => readWorkingRules(trx, county));
const setDay = (store: Store, change: CalendarChange, by = FIRST) =>
  store.write((trx) => changeCalendar(trx, change, by));
const auditLines = (store: Store) =>
  store.read(async (trx) => {
    expect(await brokenAuditLine(trx)).toBeNull();
    const rows = await trx
      .selectFrom('audit')
      .selectAll()
      .where('what', '=', 'rulesChanged')
      .orderBy('seq')
      .execute();
    return rows.map(({ who, detail }) => [who, JSON.parse(detail) as unknown]);
  });

eachDatabase('the working rules of a county', (database) => {
  test('are as in force until somebody changes them; who, when and by what paper is kept', async () => {
    const { store } = await foundTown(await database.open());
    const before = await read(store);
    expect(before).toMatchObject({ calendar, reasons: {}, touched: { calendar: null, policy: null } });
    expect(await setDay(store, MONDAY)).toMatchObject({ is: 'written' });
    const changed = await read(store);
    expect(isWorkday(changed.calendar, '2026-09-21')).toBe(false);
    expect(changed.reasons).toEqual({ '2026-09-21': FIRST.basis });
    expect(changed.touched).toEqual({ calendar: { at: NOW, by: 'admin-1' }, policy: null });
    // nothing is in force before a release
    expect(changed.inForce).toEqual(before.inForce);
    expect(await auditLines(store)).toEqual([
      ['admin-1', { county: COUNTY, rule: 'calendar', count: 1, basis: FIRST.basis, days: '2026-09-21=off' }],
    ]);
  });

  test('two administrators change different days: both stand; the same day: the later one is told', async () => {
    const { store } = await foundTown(await database.open());
    const friday = (to: boolean) => ({ days: [{ day: '2026-10-09', from: !to, to }] });
    await setDay(store, MONDAY);
    expect(await setDay(store, friday(false), SECOND)).toMatchObject({ is: 'written' });
    const both = await read(store);
    expect([isWorkday(both.calendar, '2026-09-21'), isWorkday(both.calendar, '2026-10-09')]).toEqual([
      false,
      false,
    ]);
    expect(both.touched.calendar).toEqual({ at: LATER, by: 'admin-2' });
    // they entered 2027 differently
    const year = yearChange(calendar, 2027, readNotice(NOTICE_2027, 2027).days);
    expect(await setDay(store, year)).toMatchObject({ is: 'written' });
    const other = {
      ...year,
      days: year.days.map((one) => (one.day === '2027-10-08' ? { ...one, to: true } : one)),
    };
    expect(await setDay(store, other, SECOND)).toEqual({ is: 'clash', days: ['2027-10-08'] });
    expect(await setDay(store, { days: [], year: 2030 })).toMatchObject({ is: 'unfit' });
    expect((await auditLines(store)).at(-1)).toEqual([
      'admin-1',
      { county: COUNTY, rule: 'calendar', count: 365, basis: FIRST.basis, year: 2027 },
    ]);
    // weekends of a new year need no paper
    expect(Object.keys((await read(store)).reasons).filter((day) => day > '2027')).not.toContain(
      '2027-02-07',
    );
  });

  test('policies alike; what is refused writes nothing', async () => {
    const { store } = await foundTown(await database.open());
    const change = (to: number, by = FIRST) =>
      store.write((trx) => changePolicy(trx, [{ key: 'correctionDays', from: 15, to }], by));
    expect(await change(20)).toMatchObject({ is: 'written' });
    expect(await change(18, SECOND)).toEqual({ is: 'clash', keys: ['correctionDays'] });
    expect(await change(99, SECOND)).toMatchObject({ is: 'unfit', key: 'correctionDays' });
    const rules = await read(store);
    expect([rules.policy.correctionDays, rules.inForce.policy.correctionDays]).toEqual([20, 15]);
    expect((await auditLines(store)).map(([who]) => who)).toEqual(['admin-1']);
  });

  test('what was not released can be thrown away, unless somebody has changed it since', async () => {
    const { store } = await foundTown(await database.open());
    await setDay(store, MONDAY);
    const drop = (seen: string) => store.write((trx) => dropChanges(trx, 'calendar', { ...SECOND, seen }));
    expect(await drop(LATER)).toBe(false);
    expect(await drop(NOW)).toBe(true);
    expect(await read(store)).toMatchObject({ calendar, touched: { calendar: null } });
    expect(await drop(NOW)).toBe(false);
  });

  test('another county sees nothing of it', async () => {
    const { store } = await foundTown(await database.open());
    await setDay(store, MONDAY);
    const other = 'S410527000000';
    await store.write(async (trx) => {
      const { policy } = await trx.selectFrom('county').select('policy').executeTakeFirstOrThrow();
      await trx
        .insertInto('county')
        .values({ id: other, code: '410527000000', name: '内黄县', policy })
        .execute();
    });
    expect(await read(store, other)).toMatchObject({ calendar, reasons: {}, touched: { calendar: null } });
  });

  test('are released like items: told in words, in force at all, judged by; and taken back', async () => {
    const town = await foundTown(await database.open());
    const { store, office } = town;
    const sheets = [ALLOWANCE, PERMIT].map((one) => upgradeItem(one));
    await store.write((trx) => fillList(trx, [{ county: COUNTY, sheets }], { by: 'office', now: NOW }));
    await choosePilots(store, { person: MAKER, now: NOW, sites: [SITES.A1.id] });
    const client = await town.device('A1', 'agent-a1');
    await receive(town, client, 'agent-a1', { item: PERMIT });
    await client.sync();

    await setDay(store, MONDAY);
    await store.write((trx) => changePolicy(trx, [{ key: 'correctionDays', from: 15, to: 20 }], FIRST));
    const { offering, next } = await nextOffering(store, COUNTY);
    const changes = compareOfferings(offering, next);
    expect(summaryOf(changes)).toContain('县级规则改 1 处，工作日历改 1 处');
    expect(changeRows(changes).filter(({ kind }) => kind !== '内容')).toMatchObject([
      { item: '县级规则', where: '补正期限', from: '15 个工作日', to: '20 个工作日' },
      { item: '工作日历', where: '放假 2026 年 9 月 21 日', from: '没有', to: '加上' },
    ]);
    expect(await movedDeadlines(office, COUNTY, { old: offering!, next })).toEqual({
      ...NONE_MOVED,
      cases: 1,
      later: 1,
    });

    const drawn = await drawPlan(store, { person: MAKER, now: NOW, next, note: '', shortfall: '示例原因' });
    if (drawn.is !== 'drawn') throw new Error(drawn.is);
    const step = (name: 'township' | 'all', township?: string) =>
      movePlan(store, { person: RELEASER, id: drawn.id, now: NOW, step: name, township });
    expect(await releasePlan(store, { person: RELEASER, id: drawn.id, now: NOW })).toMatchObject({
      is: 'done',
    });
    await step('township', SITES.A.id);
    const rules = () => store.read((trx) => office.rulebook.rules(trx, COUNTY));
    // the pilot sites have it; what judges waits for all
    expect(isWorkday((await rules()).calendar, '2026-09-21')).toBe(true);
    expect(await step('all')).toEqual({ is: 'done' });
    expect(isWorkday((await rules()).calendar, '2026-09-21')).toBe(false);
    expect((await rules()).policy.correctionDays).toBe(20);
    expect(compareOfferings((await nextOffering(store, COUNTY)).offering, next)).toMatchObject({
      calendar: [],
      policy: [],
    });

    const undo = await drawUndo(store, { person: MAKER, id: drawn.id, now: NOW, note: '示例原因' });
    if (undo.is !== 'done') throw new Error(undo.is);
    await releasePlan(store, { person: RELEASER, id: undo.id, now: NOW });
    expect(isWorkday((await rules()).calendar, '2026-09-21')).toBe(true);
    expect((await rules()).policy.correctionDays).toBe(15);
    // as with items, what was edited stays in the working list and shows as a difference again
    expect(isWorkday((await read(store)).calendar, '2026-09-21')).toBe(false);
  });
});
