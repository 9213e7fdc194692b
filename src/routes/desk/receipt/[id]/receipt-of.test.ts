import { expect, test } from 'vitest';
import { applicationIn, item, NOW } from '../../../../../tests/support/builders.ts';
import { receiptOf, type ReceiptFacts } from './receipt-of.ts';

const facts = (change: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  state: applicationIn('pending'),
  item: item(),
  station: '白道口镇示例村便民服务站',
  receiver: '代办员',
  contact: { organ: '白道口镇便民服务中心', phone: '0372-0000001', supervision: '0372-0000002' },
  toleranceDays: 10,
  receivedAt: NOW,
  now: NOW,
  reprint: false,
  ...change,
});

test('nothing on the paper tells name or number of the applicant in full', () => {
  const { state } = facts();
  const paper = JSON.stringify(receiptOf(facts()));
  expect(paper).not.toContain(state.applicant.name);
  expect(paper).not.toContain(state.applicant.idNumber);
  expect(paper).not.toContain(state.applicant.phone);
  expect(paper).not.toContain(state.applicant.address);
});

test('the QR holds the token and nothing else', () => {
  const receipt = receiptOf(facts());
  expect(receipt.qr).toBe(`JB1:${facts().state.queryToken}`);
});

test('the number is in groups that can be read aloud, and it says that this is no acceptance', () => {
  const receipt = receiptOf(facts());
  expect(receipt.number.join('')).toBe(facts().state.receiptNumber);
  expect(receipt.number.map((part) => part.length)).toEqual([12, 8, 3, 4, 1]);
  expect(receipt.warning).toMatch(/^本凭证不代表受理。/);
});

test('what was received has its form and copies; what did not come says when it must', () => {
  const { state } = facts();
  const [id, book] = ['M0001', 'M0002'].map((code) => state.materials[code]!);
  const materials = {
    ...state.materials,
    M0001: { ...id!, kind: '复印件' as const, copies: 2 },
    M0002: { ...book!, status: 'tolerated' as const, copies: 0 },
  };
  expect(receiptOf(facts({ state: { ...state, materials } })).materials).toEqual([
    { name: '居民身份证', form: '复印件', copies: '2' },
    { name: '居民户口簿', note: '容缺，受理后 10 个工作日内补' },
  ]);
});

test('the time is the station’s; where it is no longer known, the day alone stands', () => {
  const of = (receivedAt: string | null) => receiptOf(facts({ receivedAt })).facts.at(-1)?.value;
  expect(of(NOW)).toContain('2026 年 9 月 18 日 10:00　代办员');
  expect(of(null)).toContain('2026 年 9 月 18 日　代办员');
});

test('an item that costs something never says that it is free', () => {
  expect(receiptOf(facts({ item: item({ fee: '工本费 10 元' }) })).notes.join('')).toContain(
    '收费：工本费 10 元。',
  );
  expect(receiptOf(facts()).notes.join('')).toContain('不收任何费用。');
});
