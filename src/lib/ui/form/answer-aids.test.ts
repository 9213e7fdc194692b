import { expect, test } from 'vitest';
import type { FieldType } from '#lib/domain/item.ts';
import { sampleBankCard, sampleIdNumber } from '#lib/domain/sample-identity.ts';
import { answerEcho } from './answer-aids.ts';
import { boxText, settledText } from './typed-text.ts';

const TODAY = '2026-09-23';
const echo = (type: FieldType, value: unknown) => answerEcho({ type }, value, TODAY)?.text;
const card = sampleBankCard(7);

test('a card is echoed by its last four only, in groups of four, once its check digit is right', () => {
  expect(echo('bankCard', `${card.slice(0, 4)} ${card.slice(4)}`)).toBe(
    `卡号校验对：**** **** **** ***${card.slice(-4, -3)} ${card.slice(-3)}`,
  );
  expect(echo('bankCard', card.slice(0, -1))).toBeUndefined();
  expect(
    echo(
      'bankCard',
      card.replace(/.$/, (last) => String((Number(last) + 1) % 10)),
    ),
  ).toBeUndefined();
});

test('an identity number says whose it is', () => {
  const number = sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' });
  expect(echo('idNumber', number)).toBe('号码校验对：1944 年 3 月 5 日出生，女');
  expect(echo('idNumber', number.slice(0, 17))).toBeUndefined();
});

test.each([
  ['9999.99', undefined],
  ['10000', '1 万 元'],
  ['1,234,567.50', '123 万 4567.5 元'],
  [120_000, '12 万 元'],
  ['十万', undefined],
])('a sum of %j is read out as %j', (typed, text) => {
  expect(echo('money', typed)).toBe(text);
});

test.each([
  ['1234567.5', '1,234,567.50'],
  ['１２００', '1,200'],
  ['0.5', '0.50'],
  ['很多', '很多'],
])('money left as %j stands in its box as %j', (typed, text) => {
  const field = { key: 'm', label: '金额', type: 'money', required: true } as const;
  expect(settledText(field, typed, TODAY)).toBe(text);
});

test('an answer of an earlier application stands in its box as people write it', () => {
  expect(boxText({ type: 'money' }, 1234.5)).toBe('1,234.50');
  expect(boxText({ type: 'number' }, 2019)).toBe('2019');
  expect(boxText({ type: 'text' }, undefined)).toBe('');
});
