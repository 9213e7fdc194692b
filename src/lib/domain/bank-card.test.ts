import { describe, expect, it, test } from 'vitest';
import { bankCardProblemText, formatBankCard, readBankCard } from './bank-card.ts';
import { luhn } from './check-digit.ts';

const card = (body: string) => body + luhn(body);
const sixteen = card('621234567890123');
const nineteen = card('621234567890123456');

describe('a card is read as people write it', () => {
  test.each([
    [sixteen, sixteen],
    [nineteen, nineteen],
    [formatBankCard(nineteen), nineteen],
    [`６２１２-${sixteen.slice(4)}\u200B`, sixteen],
  ])('%s', (raw, number) => expect(readBankCard(raw)).toEqual({ ok: true, number }));

  it('shows groups of four', () =>
    expect(formatBankCard('6212345678901234567')).toBe('6212 3456 7890 1234 567'));
});

describe('a slip of the hand is noticed', () => {
  test.each([
    ['', '请填写银行卡号'],
    ['6212A', '银行卡号只能是数字，请对照卡面再核一遍'],
    [sixteen.slice(1), '银行卡号应是 16 至 19 位，现在是 15 位，请对照卡面再核一遍'],
    [`${nineteen}1`, '银行卡号应是 16 至 19 位，现在是 20 位，请对照卡面再核一遍'],
    [sixteen.replace('1234', '1243'), '银行卡号有一位不对，请对照卡面再核一遍'],
  ])('“%s”: %s', (raw, text) => {
    const read = readBankCard(raw);
    expect(read.ok ? '' : bankCardProblemText(read)).toBe(text);
  });
});
