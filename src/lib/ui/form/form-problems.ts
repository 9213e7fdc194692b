/** A form's questions and problems as the page names them: ids are `answers.KEY`, in a table `answers.KEY.ROW.COLUMN`. */
import { checkAnswers, checkField, visibleFields, type AnswerProblem } from '#lib/domain/answers.ts';
import type { FieldProblem } from '#lib/domain/applicant.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Field } from '#lib/domain/item.ts';

/** As typed, right or wrong, by the field's key. */
export type TypedAnswers = Readonly<Record<string, unknown>>;

export const answerId = ({ key, row, column }: Omit<AnswerProblem, 'text'>): string =>
  ['answers', key, ...(row === undefined ? [] : [row]), ...(column === undefined ? [] : [column])].join('.');

/** Everything that is wrong or lacking, in the form's order. */
export function formProblems(form: readonly Field[], typed: TypedAnswers, today: Day): FieldProblem[] {
  const checked = checkAnswers(form, typed, today);
  return checked.ok
    ? []
    : checked.problems.map((problem) => ({ field: answerId(problem), text: problem.text }));
}

/** The questions that these answers bring up. What was typed into the others stays where it is. */
export function askedFields(form: readonly Field[], typed: TypedAnswers, today: Day): Field[] {
  const given = form.flatMap((field): [string, unknown][] => {
    const check = checkField(field, valueAt(typed, field.key), today);
    return check.ok && check.value !== undefined ? [[field.key, check.value]] : [];
  });
  return visibleFields(form, Object.fromEntries(given));
}

/** Keys come from a form that was published, but `__proto__` is still no answer. */
export const valueAt = (typed: TypedAnswers, key: string): unknown =>
  Object.hasOwn(typed, key) ? typed[key] : undefined;

export function rowsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map((row) => (isRow(row) ? row : {})) : [];
}

const isRow = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
