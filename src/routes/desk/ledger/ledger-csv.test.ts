import { expect, test } from 'vitest';
import type { LedgerLine } from '#lib/domain/ledger.ts';
import { daysText, ledgerCsv } from './ledger-csv.ts';

const line: LedgerLine = {
  id: 'a',
  rev: 2,
  receiptNumber: '4105261022012026091800100017',
  caseNumber: '11410526MB0000000X6410511005000202609180001',
  itemCode: '410511005000',
  itemName: '老年人高龄津贴认定',
  name: '王*例',
  idNumber: '410***********0003',
  site: 'S1',
  agent: { id: 'p', name: '张样本' },
  state: 'settled',
  receivedOn: '2026-09-18',
  acceptedOn: '2026-09-21',
  correctedOn: ['2026-09-19', '2026-09-20'],
  closedOn: '2026-09-29',
  days: 5,
};

test('a month as a table: what was done, by whom, in order of the receipts', () => {
  const earlier = { ...line, id: 'b', receiptNumber: '4105261022012026090100100012', name: '=坏人' };
  const file = ledgerCsv([line, earlier], { month: '2026-09', siteName: () => '示例村' });
  const [heads, first, second, end] = file.split('\r\n');
  expect(heads).toMatch(/^\uFEFF序号,凭证号,/);
  expect(first).toContain(",'=坏人,");
  expect(second).toBe(
    '2,410526102201 20260918 001 0001 7,11410526MB0000000X6410511005000202609180001,老年人高龄津贴认定,王*例,410***********0003,2026-09-18,2026-09-21,2026-09-19 2026-09-20,2026-09-29,办结,5,收件、受理、补正、办结,张样本,示例村',
  );
  expect(end).toBe('');
});

test('days in words', () => {
  expect([daysText(null), daysText(5), daysText(6.666)]).toEqual(['–', '5', '6.7']);
});
