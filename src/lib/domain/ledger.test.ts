import { describe, expect, test } from 'vitest';
import { applicationIn, calendar, command, facts, perform, actor } from '../../../tests/support/builders.ts';
import { actsIn, ledgerLine, ledgerSummary, mergeLedger, type LedgerLine } from './ledger.ts';
import type { Application } from './state.ts';

const line = (app: Application, masked = true): LedgerLine =>
  ledgerLine(app, { itemName: '老年人高龄津贴认定', calendar, masked });
const settledLater = (): Application => {
  const at = (now: string, role: 'agent' | 'clerk' | 'reviewer' | 'head') =>
    facts({ now, actor: actor(role) });
  return perform(null, [
    [command('receive'), at('2026-09-18T02:00:00.000Z', 'agent')],
    [command('accept'), at('2026-09-21T02:00:00.000Z', 'clerk')],
    [command('assign'), at('2026-09-22T02:00:00.000Z', 'clerk')],
    [command('suspend'), at('2026-09-22T03:00:00.000Z', 'reviewer')],
    [command('resume'), at('2026-09-24T02:00:00.000Z', 'reviewer')],
    [command('review'), at('2026-09-28T02:00:00.000Z', 'reviewer')],
    [command('decide'), at('2026-09-30T02:00:00.000Z', 'head')],
    [command('deliver'), at('2026-10-08T02:00:00.000Z', 'clerk')],
  ]);
};

describe('a line of the ledger', () => {
  test('names nobody in full, unless it is told to', () => {
    expect(line(applicationIn('pending'))).toMatchObject({
      name: '王*例',
      idNumber: expect.stringMatching(/^410\*{11}\w{4}$/) as string,
      agent: { name: '赵示范' },
    });
    const full = line(applicationIn('pending'), false);
    expect([full.name, full.idNumber]).toEqual(['王示例', applicationIn('pending').applicant.idNumber]);
  });

  test('days are working days from acceptance to the end, holidays and special procedures aside', () => {
    // 22 and 23, 24 are stopped or the first days; 28, 29, 30 September and 8 October are worked, 1–7 October are not
    expect(line(settledLater()).days).toBe(5);
    expect(line(applicationIn('examining')).days).toBe(null);
    expect(ledgerLine(settledLater(), { itemName: '', calendar: null, masked: true }).days).toBe(null);
  });
});

test('one application is in the ledger of each month in which something happened', () => {
  expect(actsIn(line(settledLater()), '2026-09')).toEqual(['received', 'accepted']);
  expect(actsIn(line(settledLater()), '2026-10')).toEqual(['settled']);
  expect(actsIn(line(settledLater()), '2026-11')).toEqual([]);
});

test.each([
  ['correction', ['received', 'corrected']],
  ['refused', ['received', 'refused']],
  ['withdrawn', ['received', 'withdrawn']],
  ['forwarded', ['received', 'accepted', 'ended']],
  ['void', ['received', 'ended']],
] as const)('%s counts as %s', (state, acts) => {
  expect(actsIn(line(applicationIn(state)), '2026-09')).toEqual(acts);
});

test('sums by item and by agent, with the mean of days', () => {
  const other = {
    ...line(applicationIn('pending')),
    id: 'b',
    itemCode: 'x',
    itemName: '社保卡',
    agent: { id: 'p', name: '钱示范' },
  };
  const lines = [line(settledLater()), { ...line(settledLater()), id: 'c', days: 8 }, other];
  const september = ledgerSummary(lines, '2026-09');
  expect(september.all.counts).toMatchObject({ received: 3, accepted: 2, settled: 0 });
  expect(september.all.averageDays).toBe(null);
  expect(september.byItem.map(({ name, counts }) => [name, counts.received])).toEqual([
    ['老年人高龄津贴认定', 2],
    ['社保卡', 1],
  ]);
  expect(september.byAgent.map(({ name }) => name)).toEqual(['赵示范', '钱示范']);
  const october = ledgerSummary(lines, '2026-10');
  expect(october.all).toMatchObject({ averageDays: 6.5, counts: { received: 0, settled: 2 } });
  expect(october.byItem).toHaveLength(1);
});

test('an empty month has no lines and sums of nothing', () => {
  expect(ledgerSummary([], '2026-09')).toMatchObject({ byItem: [], byAgent: [], all: { averageDays: null } });
});

test('what the office and this device both know counts once, as the newer one has it', () => {
  const office = [
    { ...line(applicationIn('pending')), id: 'a', rev: 3 },
    { ...line(applicationIn('pending')), id: 'b', rev: 3 },
  ];
  const here = [
    { ...line(applicationIn('withdrawn')), id: 'a', rev: 4 },
    { ...line(applicationIn('withdrawn')), id: 'b', rev: 2 },
    { ...line(applicationIn('pending')), id: 'c', rev: 1 },
  ];
  expect(mergeLedger(office, here).map(({ id, rev, state }) => [id, rev, state])).toEqual([
    ['a', 4, 'withdrawn'],
    ['b', 3, 'pending'],
    ['c', 1, 'pending'],
  ]);
});
