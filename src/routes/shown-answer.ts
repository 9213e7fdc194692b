/** An answer as a counter may show it: numbers in it are masked like the applicant's own, until they are asked for. */
import { showAnswer } from '#lib/domain/answers-show.ts';
import type { Field } from '#lib/domain/item.ts';
import { maskBankCard, maskIdNumber, maskPhone } from '#lib/domain/masking.ts';

/** `whole`: numbers in full. */
export function shownAnswer(field: Field, value: unknown, whole: boolean): string {
  if (whole || typeof value !== 'string' || value === '') {
    if (!whole && field.type === 'table' && Array.isArray(value)) return tableText(field, value);
    return showAnswer(field, value);
  }
  if (field.type === 'idNumber') return maskIdNumber(value);
  if (field.type === 'phone') return maskPhone(value);
  if (field.type === 'bankCard') return maskBankCard(value);
  return showAnswer(field, value);
}

function tableText(field: Field, rows: readonly unknown[]): string {
  return rows
    .map((row, at) => {
      const cells = typeof row === 'object' && row !== null ? (row as Record<string, unknown>) : {};
      const shown = (field.columns ?? [])
        .filter((column) => Object.hasOwn(cells, column.key))
        .map((column) => `${column.label}：${shownAnswer(column, cells[column.key], false)}`);
      return `${at + 1}. ${shown.join('，')}`;
    })
    .join('\n');
}
