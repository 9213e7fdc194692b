import { expect, test } from 'vitest';
import type { LedgerLine } from '#lib/domain/ledger.ts';
import { addressOf, monthBeside, readView, shownLines } from './ledger-view.ts';

const TODAY = '2026-10-12';
const view = (query: string) => readView(new URLSearchParams(query), TODAY);

test('without a month, with none or with one to come, it is this month', () => {
  for (const query of ['', 'month=2026-13', 'month=abc', 'month=2027-01']) {
    expect(view(query).month).toBe('2026-10');
  }
  expect(view('month=2026-09').month).toBe('2026-09');
});

test('an address holds what is not the usual, and is read back as it was', () => {
  const wanted = { month: '2026-09', by: 'agent', act: 'settled', item: 'x', agent: 'p' } as const;
  expect(view(addressOf(view(''), wanted).split('?')[1] ?? '')).toEqual(wanted);
  expect(addressOf(view('month=2026-09&act=settled'), { act: '' })).toBe('/desk/ledger?month=2026-09');
  expect(view('act=nonsense').act).toBe('');
});

test('one can go back without end, and forward until today', () => {
  expect(monthBeside('2026-10', 1, TODAY)).toBe(null);
  expect(monthBeside('2026-09', 1, TODAY)).toBe('2026-10');
  expect(monthBeside('2026-01', -1, TODAY)).toBe('2025-12');
});

test('a number leads to the lines that it counts', () => {
  const base = {
    rev: 1,
    receiptNumber: '1',
    caseNumber: null,
    itemCode: 'x',
    itemName: '',
    name: '',
    idNumber: '',
    site: 's',
    agent: { id: 'p', name: '' },
    state: 'settled',
    receivedOn: '2026-09-30',
    acceptedOn: '2026-10-08',
    correctedOn: [],
    closedOn: '2026-10-09',
    days: 1,
  } satisfies Omit<LedgerLine, 'id'>;
  const lines: LedgerLine[] = [
    { ...base, id: 'a' },
    { ...base, id: 'b', itemCode: 'y', receivedOn: '2026-10-01' },
    { ...base, id: 'c', agent: { id: 'q', name: '' }, closedOn: null, state: 'examining' },
  ];
  const ids = (query: string): string[] => shownLines(lines, view(query)).map(({ id }) => id);
  expect(ids('')).toEqual(['b', 'a', 'c']);
  expect(ids('act=received')).toEqual(['b']);
  expect(ids('act=settled')).toEqual(['b', 'a']);
  expect(ids('item=x')).toEqual(['a', 'c']);
  expect(ids('agent=q&act=settled')).toEqual([]);
});
