/**
 * What helps with an answer while it is typed: places to begin an address with, and an echo of what was understood — a card
 * right by its check digit, masked in its groups; whose number it is; a large sum in 万.
 */
import { parseNumber } from '#lib/domain/answers-number.ts';
import { formatBankCard, readBankCard } from '#lib/domain/bank-card.ts';
import { formatDay, type Day } from '#lib/domain/day.ts';
import { guessIdKind, readIdNumber } from '#lib/domain/identity.ts';
import type { Field } from '#lib/domain/item.ts';

export interface AnswerAids {
  places?: readonly string[];
  /** The applicant's own address. */
  address?: string;
}

export interface Echo {
  text: string;
  /** A check digit was right. */
  checked: boolean;
}

/** From here on zeros are miscounted. */
const LARGE = 10_000;

/** undefined where there is nothing to say, or not yet. */
export function answerEcho({ type }: Pick<Field, 'type'>, value: unknown, today: Day): Echo | undefined {
  if (type === 'money') return moneyEcho(value);
  if (typeof value !== 'string') return undefined;
  if (type === 'bankCard') {
    const card = readBankCard(value);
    return card.ok ? { checked: true, text: `卡号校验对：${maskedGroups(card.number)}` } : undefined;
  }
  if (type !== 'idNumber') return undefined;
  const read = readIdNumber(guessIdKind(value) ?? 'residentId', value, today);
  if (!read.ok || read.birthDate === null) return undefined;
  const sex = read.sex === 'female' ? '女' : '男';
  return { checked: true, text: `号码校验对：${formatDay(read.birthDate)}出生，${sex}` };
}

function moneyEcho(value: unknown): Echo | undefined {
  const sum = parseNumber(value);
  if (sum === null || sum < LARGE) return undefined;
  const rest = Number((sum % LARGE).toFixed(2));
  return { checked: false, text: `${Math.floor(sum / LARGE)} 万${rest === 0 ? '' : ` ${rest}`} 元` };
}

/** **** **** **** 1234 */
const maskedGroups = (number: string): string =>
  formatBankCard(`${'*'.repeat(number.length - 4)}${number.slice(-4)}`);
