/** What stands in the box of a question: as typed while it is typed, in its usual form once it was read. */
import { formatNumber } from '#lib/domain/answers-number.ts';
import { checkField } from '#lib/domain/answers.ts';
import { formatBankCard } from '#lib/domain/bank-card.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Field } from '#lib/domain/item.ts';

/** A stored answer may be a number (from an earlier application); a box holds text. */
export function boxText(field: Pick<Field, 'type'>, value: unknown): string {
  if (typeof value === 'number') return numberText(field, value);
  return typeof value === 'string' ? value : '';
}

/**
 * The text when its box is left: full-width digits, spaces and the like put right, a card in groups of four, money with its
 * thousands. What cannot be read stays as it was typed, so that people see what they have to change.
 */
export function settledText(field: Field, typed: string, today: Day): string {
  const check = checkField(field, typed, today);
  if (!check.ok) return typed;
  const text = boxText(field, check.value);
  return field.type === 'bankCard' ? formatBankCard(text) : text;
}

/** 1,234.50; whole sums without decimals. Years and counts without separators. */
function numberText({ type }: Pick<Field, 'type'>, value: number): string {
  if (type !== 'money') return String(value);
  const text = formatNumber(value);
  return /\.\d$/.test(text) ? `${text}0` : text;
}
