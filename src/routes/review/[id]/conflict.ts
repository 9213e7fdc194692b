/**
 * Two people changed the same thing (两边改了同一处): base, mine and theirs side by side, and what the choice becomes.
 * Invariants: never a silent last-write-wins (I8); 用我的 amends from what stands now, so a third change is seen again;
 * fields of the refused command that nobody else touched are kept with it, for they were refused together.
 */
import type { Bodies } from '#lib/domain/commands.ts';
import { readField } from '#lib/domain/evolve.ts';
import { ID_KIND_TABLE, type IdKind } from '#lib/domain/identity.ts';
import type { Item } from '#lib/domain/item.ts';
import { maskIdNumber, maskPhone } from '#lib/domain/masking.ts';
import type { FieldConflict } from '#lib/domain/refusal.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import type { Application } from '#lib/domain/state.ts';
import { shownAnswer } from './answer-rows.ts';

export type Choice = 'mine' | 'theirs';

export interface ConflictRow {
  field: string;
  name: string;
  base: string;
  mine: string;
  theirs: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const PERSON_PARTS: [string, string][] = [
  ['name', '姓名'],
  ['idKind', '证件'],
  ['idNumber', '号码'],
  ['birthDate', '出生'],
  ['phone', '电话'],
  ['phoneOwner', '机主'],
  ['relation', '关系'],
  ['acts', '委托办'],
  ['address', '住址'],
];

function partText(key: string, value: unknown, whole: boolean): string {
  if (key === 'idKind') return ID_KIND_TABLE[value as IdKind]?.label ?? String(value);
  if (key === 'phoneOwner')
    return isRecord(value) ? `${String(value.name)}（${String(value.relation)}）` : '';
  if (Array.isArray(value)) return value.join('、');
  const text = String(value ?? '');
  if (!whole && key === 'idNumber') return maskIdNumber(text);
  return !whole && key === 'phone' ? maskPhone(text) : text;
}

/** Of a person only the parts that differ between the three, so that the eye finds them. */
function personText(value: unknown, others: readonly unknown[], whole: boolean): string {
  if (!isRecord(value)) return '没有填';
  if (value.kind === 'self') return '本人';
  const differs = ([key]: [string, string]): boolean =>
    others.some((other) => !sameValue(value[key], isRecord(other) ? other[key] : undefined));
  const parts = PERSON_PARTS.filter((part) => value[part[0]] !== undefined && differs(part));
  return parts.map(([key, name]) => `${name}：${partText(key, value[key], whole)}`).join('，') || '没有不同';
}

export function fieldName(field: string, item: Item): string {
  if (field === 'applicant') return '申请人';
  if (field === 'handler') return '经办人';
  if (field === 'signature') return '申请人签名';
  const key = field.slice('answers.'.length);
  return item.form.find((one) => one.key === key)?.label ?? key;
}

export function conflictRows(
  fields: Record<string, FieldConflict>,
  item: Item,
  whole: boolean,
): ConflictRow[] {
  return Object.entries(fields).map(([field, { from, mine, theirs }]) => {
    const three = [from, mine, theirs];
    const question = item.form.find((one) => `answers.${one.key}` === field);
    const text = (value: unknown): string =>
      question ? shownAnswer(question, value, whole) : personText(value, three, whole);
    return { field, name: fieldName(field, item), base: text(from), mine: text(mine), theirs: text(theirs) };
  });
}

/**
 * What is sent when the person has chosen. null: nothing of it is left to send, so the refusal is just put aside.
 * `refused`: the fields of the refused amendment.
 */
export function chosenAmend(
  refused: Bodies['amend']['fields'],
  conflicts: Record<string, FieldConflict>,
  choices: Readonly<Record<string, Choice>>,
  state: Application,
): Bodies['amend'] | null {
  const fields = Object.entries(refused).flatMap(([field, { to }]) => {
    if (Object.hasOwn(conflicts, field) && choices[field] !== 'mine') return [];
    const from = readField(state, field);
    return sameValue(from, to) ? [] : [[field, { from, to }] as const];
  });
  return fields.length === 0 ? null : { fields: Object.fromEntries(fields) };
}
