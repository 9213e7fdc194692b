/**
 * Numbers of bank cards, social security cards included: 16 to 19 digits whose last one is right by Luhn
 * (ISO/IEC 7812). Passbooks and company accounts follow each bank's own rules and are not cards: where an item takes
 * them, it asks with a text field, so that a card with a digit lost or swapped is always noticed here.
 */
import { luhn } from './check-digit.ts';
import { compactNumber } from './plain-text.ts';

export type BankCardProblem =
  | { problem: 'empty' }
  | { problem: 'characters' }
  | { problem: 'length'; length: number }
  | { problem: 'checkDigit' };

export type BankCardReading = { ok: true; number: string } | ({ ok: false } & BankCardProblem);

export function readBankCard(raw: string): BankCardReading {
  const number = compactNumber(raw).replace(/[-‐–—]/g, '');
  if (number === '') return { ok: false, problem: 'empty' };
  if (!/^\d+$/.test(number)) return { ok: false, problem: 'characters' };
  if (number.length < 16 || number.length > 19)
    return { ok: false, problem: 'length', length: number.length };
  if (luhn(number.slice(0, -1)) !== number.slice(-1)) return { ok: false, problem: 'checkDigit' };
  return { ok: true, number };
}

/** What the counter says, with the way out. */
export function bankCardProblemText(problem: BankCardProblem): string {
  switch (problem.problem) {
    case 'empty':
      return '请填写银行卡号';
    case 'characters':
      return '银行卡号只能是数字，请对照卡面再核一遍';
    case 'length':
      return `银行卡号应是 16 至 19 位，现在是 ${problem.length} 位，请对照卡面再核一遍`;
    case 'checkDigit':
      return '银行卡号有一位不对，请对照卡面再核一遍';
  }
}

/** 6212 3456 …: groups of four, as on the card. */
export function formatBankCard(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}
