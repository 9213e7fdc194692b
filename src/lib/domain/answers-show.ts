/**
 * An answer as people read it, on the check page, on papers and in the list of changes. Never throws: an old answer
 * under a newer form is shown as it is. Masks nothing; who may see numbers is decided by the caller (masking.ts).
 */
import { formatMoney, formatNumber } from './answers-number.ts';
import { formatBankCard } from './bank-card.ts';
import { formatDay, isDay } from './day.ts';
import type { Field } from './item.ts';

export const UNANSWERED = '未填';

/** Text on one line; of a table, a line for each row. */
export function showAnswer(field: Field, value: unknown): string {
  if (value === undefined || value === null || value === '') return UNANSWERED;
  if (Array.isArray(value)) return showList(field, value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return showNumber(field, value);
  if (typeof value !== 'string') return UNANSWERED;
  if (field.type === 'date' && isDay(value)) return formatDay(value);
  return field.type === 'bankCard' ? formatBankCard(value) : value;
}

function showNumber(field: Field, value: number): string {
  if (!Number.isFinite(value)) return UNANSWERED;
  if (field.type === 'money') return formatMoney(value);
  // years and counts of four digits are read without a separator
  return Math.abs(value) < 10_000 ? String(value) : formatNumber(value);
}

function showList(field: Field, values: unknown[]): string {
  if (values.length === 0) return UNANSWERED;
  if (field.type !== 'table') return values.filter((one) => typeof one === 'string').join('、');
  return values.map((row, at) => `${at + 1}. ${showRow(field.columns ?? [], row)}`).join('\n');
}

function showRow(columns: readonly Field[], row: unknown): string {
  if (typeof row !== 'object' || row === null) return UNANSWERED;
  const cells = row as Readonly<Record<string, unknown>>;
  return columns
    .filter((column) => Object.hasOwn(cells, column.key))
    .map((column) => `${column.label}：${showAnswer(column, cells[column.key])}`)
    .join('，');
}
