/**
 * Answers to an item's form: checked and cleaned by the same rules on the page, on the device and at the office.
 * Invariants: questions that are not asked keep no answer; unknown keys are refused, `__proto__` among them;
 * cleaned answers are in the order of the form and pass again unchanged.
 */
import { blankText, checkValue, isBlank } from './answers-value.ts';
import type { SingleAnswer } from './answers-value.ts';
import type { Day } from './day.ts';
import type { Field } from './item.ts';

export type AnswerRow = Record<string, SingleAnswer>;
export type Answer = SingleAnswer | string[] | AnswerRow[];
export type Answers = Record<string, Answer>;

export interface AnswerProblem {
  /** Key of the field; of the answer, where the form has no such field. */
  key: string;
  /** In a table: which row, counted from 0, and which column. */
  row?: number;
  column?: string;
  /** A whole sentence for people. */
  text: string;
}

export type AnswersCheck = { ok: true; answers: Answers } | { ok: false; problems: AnswerProblem[] };
/** `value` is undefined where nothing was answered and nothing has to be. */
export type FieldCheck = { ok: true; value: Answer | undefined } | { ok: false; problems: AnswerProblem[] };

export const TABLE_ROWS = 50;

/** The questions that are asked, given these answers: a question whose parent is not asked is not asked either. */
export function visibleFields(form: readonly Field[], answers: Readonly<Record<string, unknown>>): Field[] {
  const isVisible = (field: Field, below: readonly Field[]): boolean => {
    const condition = field.visibleIf;
    if (condition === undefined) return true;
    const parent = form.find((one) => one.key === condition.key);
    // a condition on itself or in a circle can never be met
    if (parent === undefined || below.includes(parent)) return false;
    const answer = Object.hasOwn(answers, parent.key) ? answers[parent.key] : undefined;
    const met = Array.isArray(answer) ? answer.includes(condition.equals) : answer === condition.equals;
    return met && isVisible(parent, [...below, parent]);
  };
  return form.filter((field) => isVisible(field, [field]));
}

/** Checks a whole form. `today` is the day of receipt. Problems come in the order of the form. */
export function checkAnswers(
  form: readonly Field[],
  answers: Readonly<Record<string, unknown>>,
  today: Day,
): AnswersCheck {
  const checks = new Map(
    form.map((field) => [field.key, checkField(field, ownValue(answers, field.key), today)]),
  );
  const given = entriesOf(form, checks);
  const asked = visibleFields(form, Object.fromEntries(given));

  const problems = asked.flatMap(({ key }) => {
    const check = checks.get(key);
    return check?.ok === false ? check.problems : [];
  });
  for (const key of Object.keys(answers)) {
    if (checks.has(key)) continue;
    problems.push({ key, text: `表里没有“${key.slice(0, 40)}”这一项，请刷新页面后重新填写` });
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, answers: Object.fromEntries(entriesOf(asked, checks)) };
}

/** Checks the answer to one question that is asked; for the moment a field is left, and for amendments. */
export function checkField(field: Field, raw: unknown, today: Day): FieldCheck {
  if (isBlank(raw)) return field.required ? failed({ key: field.key, text: blankText(field) }) : nothing;
  if (field.type === 'table') return checkTable(field, raw, today);
  const check = checkValue(field, raw, today);
  return check.ok ? check : failed({ key: field.key, text: check.text });
}

const nothing: FieldCheck = { ok: true, value: undefined };

/** Rows that are blank throughout are left out; the rest are checked like small forms. */
function checkTable(table: Field, raw: unknown, today: Day): FieldCheck {
  const { key, label } = table;
  if (!Array.isArray(raw) || !raw.every(isRecord)) {
    return failed({ key, text: `${label}：没有填对，请重新填写` });
  }
  if (raw.length > TABLE_ROWS) {
    return failed({ key, text: `${label}：最多 ${TABLE_ROWS} 行，现在有 ${raw.length} 行，请删去多的` });
  }
  const rows: AnswerRow[] = [];
  const problems: AnswerProblem[] = [];
  raw.forEach((cells, row) => {
    if (Object.values(cells).every(isBlank)) return;
    const check = checkAnswers(columnsOf(table), cells, today);
    if (check.ok) rows.push(check.answers as AnswerRow);
    else {
      for (const { key: column, text } of check.problems) {
        problems.push({ key, row, column, text: `${label}第 ${row + 1} 行，${text}` });
      }
    }
  });
  if (problems.length > 0) return failed(...problems);
  if (rows.length > 0) return { ok: true, value: rows };
  return table.required ? failed({ key, text: blankText(table) }) : nothing;
}

function columnsOf(table: Field): readonly Field[] {
  const columns = table.columns ?? [];
  const nested = columns.find((column) => column.type === 'table' || column.type === 'multiselect');
  if (nested) throw new Error(`a cell of ${table.key} cannot hold a ${nested.type}`);
  return columns;
}

function entriesOf(fields: readonly Field[], checks: ReadonlyMap<string, FieldCheck>): [string, Answer][] {
  return fields.flatMap(({ key }): [string, Answer][] => {
    const check = checks.get(key);
    return check?.ok && check.value !== undefined ? [[key, check.value]] : [];
  });
}

function ownValue(answers: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(answers, key) ? answers[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failed(...problems: AnswerProblem[]): FieldCheck {
  return { ok: false, problems };
}
