/**
 * Answers on another version of a form (换版): each goes to the question that it answered, found by its key, else by its words.
 * Invariants: nothing is lost: what has no place comes back as a rest; what the control of the new question can show stays as
 * it was typed, right or wrong, because the step says what to change; carrying to the same form changes nothing.
 */
import { checkValue, isBlank } from './answers-value.ts';
import type { Day } from './day.ts';
import type { Field } from './item.ts';

/** An answer, or a part of it, that the new form has no place for. */
export interface Rest {
  /** As the old form had it; only the columns that are left over, of a table. */
  field: Field;
  value: unknown;
}

export interface Carried {
  answers: Record<string, unknown>;
  rest: Rest[];
}

export function carryAnswers(
  { old, next }: { old: readonly Field[]; next: readonly Field[] },
  answers: Readonly<Record<string, unknown>>,
  today: Day,
): Carried {
  const kept: [string, unknown][] = [];
  const rest: Rest[] = [];
  for (const [key, value] of Object.entries(answers)) {
    if (isBlank(value)) continue;
    const field = old.find((one) => one.key === key) ?? unknown(key);
    const target = twinOf(field, old, next);
    const { fits, left } = target
      ? fit(field, target, value, today)
      : { fits: undefined, left: { field, value } };
    if (target && fits !== undefined) kept.push([target.key, fits]);
    if (left) rest.push(left);
  }
  return { answers: Object.fromEntries(kept), rest };
}

/** The same question on the other form: by its key, else the only new one of the same words and type. */
export function twinOf(field: Field, old: readonly Field[], next: readonly Field[]): Field | undefined {
  const same = next.find(({ key }) => key === field.key);
  if (same) return same;
  const alike = ({ label, type }: Field): boolean => label === field.label && type === field.type;
  const isIn = (form: readonly Field[], { key }: Field): boolean => form.some((one) => one.key === key);
  const renamed = next.filter((one) => alike(one) && !isIn(old, one));
  const gone = old.filter((one) => alike(one) && !isIn(next, one));
  return renamed.length === 1 && gone.length === 1 ? renamed[0] : undefined;
}

const unknown = (key: string): Field => ({ key, label: key, type: 'text', required: false });

interface Fit {
  fits: unknown;
  left?: Rest;
}

function fit(field: Field, target: Field, value: unknown, today: Day): Fit {
  const nothing: Fit = { fits: undefined, left: { field, value } };
  switch (target.type) {
    case 'table':
      return Array.isArray(value) && field.type === 'table' ? fitRows(field, target, value, today) : nothing;
    case 'multiselect':
      return fitChoices(field, target, value);
    case 'select': {
      const chosen: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
      return isOption(target, chosen) ? { fits: chosen } : nothing;
    }
    case 'boolean':
      return typeof value === 'boolean' ? { fits: value } : nothing;
    default:
      return staysTyped(field, target, value, today) ? { fits: value } : nothing;
  }
}

/** Of what is typed into a box: whatever was typed for the same type or goes into a line of text; else what passes there. */
function staysTyped(field: Field, target: Field, value: unknown, today: Day): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  if (field.type === target.type) return true;
  const isText = target.type === 'text' || target.type === 'textarea';
  return (isText && typeof value === 'string') || checkValue(target, value, today).ok;
}

function fitChoices(field: Field, target: Field, value: unknown): Fit {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [value];
  const fits = chosen.filter((one) => isOption(target, one));
  const left = chosen.filter((one) => !isOption(target, one));
  return {
    fits: fits.length > 0 ? fits : undefined,
    ...(left.length > 0 ? { left: { field, value: Array.isArray(value) ? left : value } } : {}),
  };
}

function fitRows(field: Field, target: Field, rows: readonly unknown[], today: Day): Fit {
  const columns = { old: field.columns ?? [], next: target.columns ?? [] };
  const carried = rows.map((row) => carryAnswers(columns, row as Record<string, unknown>, today));
  const left = carried.map(({ rest }) => Object.fromEntries(rest.map((one) => [one.field.key, one.value])));
  const gone = carried.flatMap(({ rest }) => rest.map((one) => one.field));
  const isGone = ({ key }: Field): boolean => gone.some((one) => one.key === key);
  return {
    fits: carried.map(({ answers }) => answers),
    ...(gone.length === 0
      ? {}
      : { left: { field: { ...field, columns: columns.old.filter(isGone) }, value: left } }),
  };
}

const isOption = ({ options }: Field, value: unknown): boolean =>
  typeof value === 'string' && options?.includes(value) === true;
