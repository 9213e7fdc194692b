import { expect, test } from 'vitest';
import { receiveBody } from '../../../../tests/support/builders.ts';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import type { Application, State } from '#lib/domain/state.ts';
import { choicesOf, countTabs, filtered, rowOf, type Filter } from './application-list.ts';

const ALLOWANCE = '410511005000';
function view(state: State, name: string, { code = ALLOWANCE, day = '2026-09-18', serial = 1 } = {}) {
  const body = receiveBody();
  const receiptNumber = buildReceiptNumber({ site: '410526102201', day, device: '001', serial });
  const full = {
    ...body,
    id: name,
    state,
    item: { code, hash: 'h' },
    applicant: { ...body.applicant, name },
    receivedOn: day,
    receiptNumber,
    caseNumber: null,
  };
  return { id: name, state: full as unknown as Application };
}
const views = [
  view('pending', '王示例'),
  view('correction', '李样本', { serial: 2 }),
  view('decided', '赵示范', { day: '2026-08-30', serial: 3 }),
  view('settled', '孙测试', { code: '410500000000', serial: 4 }),
  { id: 'never', state: null },
];
const found = (change: Partial<Filter>, asked: string[] = []): string[] =>
  filtered(views, { show: 'all', item: '', month: '', query: '', ...change }, new Set(asked)).map(
    ({ id }) => id,
  );

test('each application is under one tab, and all of them under 全部', () => {
  expect(countTabs(views)).toEqual({ all: 5, correction: 1, running: 1, deliver: 1, closed: 1 });
  expect(found({ show: 'deliver' })).toEqual(['赵示范']);
  expect(found({ show: 'closed' })).toEqual(['孙测试']);
  expect(found({})).toHaveLength(5);
});

test('by name in full, and by the items that the words are about', () => {
  expect(found({ query: '李样' })).toEqual(['李样本']);
  expect(found({ query: '长寿' }, [ALLOWANCE])).toEqual(['王示例', '李样本', '赵示范']);
  expect(found({ query: 'sbk' }, ['410500000000'])).toEqual(['孙测试']);
});

test('by receipt number: its tail, as printed in groups, or all of it from a scanner', () => {
  const { receiptNumber } = views[2]!.state as Application;
  expect(found({ query: receiptNumber })).toEqual(['赵示范']);
  expect(found({ query: receiptNumber.replace(/^(.{12})(.{8})(.{3})(.{4})(.)$/, '$1 $2 $3 $4 $5') })).toEqual(
    ['赵示范'],
  );
  expect(found({ query: receiptNumber.slice(-5) })).toEqual(['赵示范']);
});

test('by item and month of receiving, together with the tab', () => {
  expect(found({ month: '2026-08' })).toEqual(['赵示范']);
  expect(found({ item: '410500000000' })).toEqual(['孙测试']);
  expect(found({ item: ALLOWANCE, month: '2026-09', show: 'correction' })).toEqual(['李样本']);
  expect(choicesOf(views)).toEqual({ items: [ALLOWANCE, '410500000000'], months: ['2026-09', '2026-08'] });
});

test('of a result that waits it says whether the station has it', () => {
  const whole = { ...views[2]!, confirmedRev: 1, pending: [], troubles: [], damage: null };
  expect(rowOf(whole, '', 'arrived').note).toMatch(/·结果还在乡镇$/);
  expect(rowOf(whole, '', 'arrived', '2026-09-20').note).toMatch(/·结果 9 月 20 日到站，等着送$/);
});

test('names are masked in a row; one that needs a person leads to 同步', () => {
  const whole = { ...views[0]!, confirmedRev: 1, pending: [], troubles: [], damage: null };
  expect(rowOf(whole, '老年人高龄津贴认定', 'arrived')).toMatchObject({
    title: '王*例·老年人高龄津贴认定',
    href: '/desk/applications/王示例',
    state: '待受理',
  });
  expect(rowOf({ ...whole, state: null }, '', 'trouble')).toMatchObject({
    title: '没有收成的办件',
    href: '/desk/sync',
  });
  expect(rowOf({ ...whole, state: null, damage: 'damaged' }, '', 'trouble').note).toMatch(/读不出来/);
});
