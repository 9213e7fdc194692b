/** What stands in the box of a question: as typed while it is typed, in its usual form once it was read. */
import { checkField } from '#lib/domain/answers.ts';
import { formatBankCard } from '#lib/domain/bank-card.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Field } from '#lib/domain/item.ts';

/** A stored answer may be a number (from an earlier application); a box holds text. */
export const boxText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/**
 * The text when its box is left: full-width digits, spaces and the like put right, a card in groups of four. What cannot
 * be read stays as it was typed, so that people see what they have to change.
 */
export function settledText(field: Field, typed: string, today: Day): string {
  const check = checkField(field, typed, today);
  if (!check.ok) return typed;
  const text = boxText(check.value);
  return field.type === 'bankCard' ? formatBankCard(text) : text;
}
