/** What nobody may send, by kind of question; each has the right shape for the wire, so that the rules refuse it. */
import type { Answer } from '#lib/domain/answers.ts';
import type { FieldType } from '#lib/domain/item.ts';

export const WRONG_ANSWERS: Readonly<Record<FieldType, Answer>> = {
  text: '字'.repeat(3000),
  textarea: '字'.repeat(3000),
  number: '很多',
  money: '12.345',
  date: '2026-02-30',
  select: '没有这个选项',
  multiselect: ['没有这个选项'],
  idNumber: '410502199003071233',
  phone: '12345',
  bankCard: '6210000000000000000',
  address: '字'.repeat(3000),
  boolean: '是',
  table: [{ nobody: '不知道的列' }],
};
