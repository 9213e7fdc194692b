/**
 * Answers to any form, made up: what is stored at the end, and the same as people type it (full-width digits, dates in
 * eight digits, cards in groups). `when` chooses whether questions that depend on others are brought up or not; what was
 * typed into questions that are not asked in the end is among `typed` and must not be stored.
 */
import type { Answer, AnswerRow, Answers } from '#lib/domain/answers.ts';
import { formatNumber } from '#lib/domain/answers-number.ts';
import { textLimit } from '#lib/domain/answers-value.ts';
import { formatBankCard } from '#lib/domain/bank-card.ts';
import { addDays } from '#lib/domain/day.ts';
import type { Field } from '#lib/domain/item.ts';
import { sampleBankCard, sampleIdNumber, samplePhone } from '#lib/domain/sample-identity.ts';
import type { Chance } from '#lib/server/seed/chance.ts';

export interface SampleAnswers {
  /** Into the boxes; questions that are not asked among them. */
  typed: Record<string, unknown>;
  /** What must be kept in the end. */
  stored: Answers;
}

/** Both ways of the conditions, or as it comes. */
export type When = 'asked' | 'hidden' | 'any';

const WORDS = ['示例', '样本', '演示', '测试', '一组', '东屋', '甲乙', '𠮷田', 'A栋', '<b>', '“引”', '3号'];

/** One answer as it is stored; undefined: left blank, where it may be. */
export function sampleAnswer(field: Field, luck: Chance, blank = 0.25): Answer | undefined {
  if (!field.required && luck.happens(blank)) return undefined;
  switch (field.type) {
    case 'table':
      return Array.from({ length: luck.whole(1, 3) }, () => sampleRow(field.columns ?? [], luck));
    case 'multiselect': {
      const options = field.options ?? [];
      const some = luck.shuffle(options).slice(0, luck.whole(1, options.length));
      return options.filter((option) => some.includes(option));
    }
    default:
      return sampleValue(field, luck);
  }
}

/** A row answers something, also where no column must be. */
function sampleRow(columns: readonly Field[], luck: Chance): AnswerRow {
  const cells = columns.flatMap((column, at) => {
    const value = sampleAnswer(column, luck, at === 0 ? 0 : 0.25);
    return value === undefined ? [] : [[column.key, value] as const];
  });
  return Object.fromEntries(cells) as AnswerRow;
}

function sampleValue(field: Field, luck: Chance): string | number | boolean {
  switch (field.type) {
    case 'boolean':
      return luck.happens(0.5);
    case 'select':
      return luck.pick(field.options ?? []);
    case 'number':
    case 'money':
      return sampleNumber(field, luck);
    case 'date':
      return addDays('1950-01-01', luck.whole(0, 27_000));
    case 'idNumber':
      return sampleIdNumber(luck.whole(0, 5_000));
    case 'phone':
      return luck.happens(0.8)
        ? samplePhone(luck.whole(0, 99_999))
        : `0372-${luck.whole(2_000_000, 8_999_999)}`;
    case 'bankCard':
      return sampleBankCard(luck.whole(0, 99_999));
    default:
      return sampleText(textLimit(field), luck);
  }
}

/** On the field's grid, within its bounds, often on the very bound. */
function sampleNumber(field: Field, luck: Chance): number {
  const step = field.type === 'money' ? 0.01 : (field.step ?? 1);
  const places = String(step).split('.')[1]?.length ?? 0;
  const { min = 0 } = field;
  const { max = min + 9_999 } = field;
  const [first, last] = [Math.ceil(min / step - 1e-9), Math.floor(max / step + 1e-9)];
  const at = luck.happens(0.15)
    ? luck.pick([first, last])
    : luck.whole(first, Math.min(last, first + 500_000));
  return Number((at * step).toFixed(places));
}

/** As long as the box takes, sometimes; characters beyond the first plane and markup among them. */
function sampleText(limit: number, luck: Chance): string {
  const wanted = luck.happens(0.1) ? limit : luck.whole(1, Math.min(limit, 12));
  const characters: string[] = [];
  while (characters.length < wanted) characters.push(...luck.pick(WORDS));
  return characters.slice(0, wanted).join('');
}

/** The same answer as it is typed. `plain`: only what a keyboard writes into the boxes of the screen. */
export function typedAs(field: Field, value: Answer, luck: Chance): unknown {
  if (Array.isArray(value)) {
    if (field.type !== 'table') return luck.shuffle(value as string[]);
    const rows = value as AnswerRow[];
    return rows.map((row) =>
      Object.fromEntries(
        (field.columns ?? []).flatMap(({ key, ...column }) =>
          row[key] === undefined ? [] : [[key, typedAs({ key, ...column }, row[key], luck)]],
        ),
      ),
    );
  }
  if (typeof value === 'number')
    return luck.pick([value, String(value), formatNumber(value), fullWidth(value)]);
  if (typeof value === 'boolean') return value;
  switch (field.type) {
    case 'date': {
      const [year = '', month = '', day = ''] = value.split('-');
      return luck.pick([value, `${year}${month}${day}`, `${year}.${Number(month)}.${Number(day)}`]);
    }
    case 'idNumber':
      return luck.pick([value, value.toLowerCase(), `${value.slice(0, 6)} ${value.slice(6)}`]);
    case 'phone':
      return luck.pick([value, ` ${value} `, value.replace(/^(1\d\d)(\d{4})/, '$1 $2 ')]);
    case 'bankCard':
      return luck.pick([value, formatBankCard(value)]);
    case 'text':
    case 'address':
      return luck.pick([value, `  ${value}`]);
    default:
      return value;
  }
}

const fullWidth = (value: number): string =>
  String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

/** Answers to a whole form. */
export function sampleAnswers(form: readonly Field[], luck: Chance, when: When = 'any'): SampleAnswers {
  const values = new Map<string, Answer>();
  for (const field of form) {
    const value = sampleAnswer(field, luck);
    if (value !== undefined) values.set(field.key, value);
  }
  if (when !== 'any') for (const field of form) steer(field, form, values, luck, when);

  const isAsked = (field: Field): boolean => {
    const { visibleIf } = field;
    if (!visibleIf) return true;
    const parent = form.find(({ key }) => key === visibleIf.key);
    return parent !== undefined && values.get(parent.key) === visibleIf.equals && isAsked(parent);
  };
  const stored = form.flatMap((field) =>
    isAsked(field) && values.has(field.key) ? [[field.key, values.get(field.key)!] as const] : [],
  );
  const typed = form.flatMap((field): [string, unknown][] => {
    const value = values.get(field.key);
    return value === undefined ? [] : [[field.key, typedAs(field, value, luck)]];
  });
  return { stored: Object.fromEntries(stored), typed: Object.fromEntries(typed) };
}

/** Gives the parents of a dependent question the answers that bring it up, or others. */
function steer(
  field: Field,
  form: readonly Field[],
  values: Map<string, Answer>,
  luck: Chance,
  when: 'asked' | 'hidden',
): void {
  const { visibleIf } = field;
  const parent = form.find(({ key }) => key === visibleIf?.key);
  if (!visibleIf || !parent) return;
  const met = form.filter((one) => one.visibleIf?.key === parent.key).map((one) => one.visibleIf!.equals);
  if (when === 'asked') return void values.set(parent.key, luck.pick(met));
  const others: Answer[] = parent.type === 'boolean' ? [true, false] : (parent.options ?? []);
  const free = others.filter((one) => !met.includes(one as string));
  if (free.length > 0) values.set(parent.key, luck.pick(free));
}
