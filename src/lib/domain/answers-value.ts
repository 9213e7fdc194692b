/**
 * One answer to one question, tables excepted (answers.ts): what people typed becomes what is stored, or a sentence.
 * A sentence names the field and the way out, in the words that field and summary of errors share.
 */
import { numberProblem, parseNumber } from './answers-number.ts';
import { bankCardProblemText, readBankCard } from './bank-card.ts';
import { isDay } from './day.ts';
import type { Day } from './day.ts';
import { idProblemText } from './identity-text.ts';
import { guessIdKind, readIdNumber } from './identity.ts';
import type { Field } from './item.ts';
import { phoneProblemText, readPhone } from './phone.ts';
import { cleanText, compactNumber, countCharacters } from './plain-text.ts';

export type SingleAnswer = string | number | boolean;
export type ValueCheck = { ok: true; value: SingleAnswer | string[] } | { ok: false; text: string };

const TEXT_LIMIT = 200;
const TEXTAREA_LIMIT = 2000;
/** Nobody at a counter means a date outside these; a year with a digit lost is one. */
const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2100-12-31';

/** Nothing was answered: not given, or nothing that can be seen. */
export function isBlank(raw: unknown): boolean {
  if (raw === undefined || raw === null) return true;
  if (typeof raw === 'string') return cleanText(raw) === '';
  return Array.isArray(raw) && raw.length === 0;
}

/** The longest text a field takes, in characters as counted by `countCharacters`. */
export function textLimit(field: Field): number {
  return field.maxLength ?? (field.type === 'textarea' ? TEXTAREA_LIMIT : TEXT_LIMIT);
}

/** What to say when a required question has no answer. */
export function blankText(field: Field): string {
  switch (field.type) {
    case 'select':
    case 'multiselect':
      return `请选择${field.label}`;
    case 'boolean':
      return `请选“是”或“否”：${field.label}`;
    case 'table':
      return `${field.label}：请至少填一行`;
    default:
      return `请填写${field.label}`;
  }
}

/** Checks and cleans an answer that is not blank. `today` is the day of receipt: nobody is born after it. */
export function checkValue(field: Field, raw: unknown, today: Day): ValueCheck {
  switch (field.type) {
    case 'number':
    case 'money':
      return checkNumber(field, raw);
    case 'boolean':
      return typeof raw === 'boolean' ? { ok: true, value: raw } : { ok: false, text: blankText(field) };
    case 'multiselect':
      return checkChoices(field, raw);
    case 'table':
      throw new Error(`a table has no single value: ${field.key}`);
    default:
      if (typeof raw !== 'string') return wrong(field, '没有填对，请重新填写');
      return checkTyped(field, raw, today);
  }
}

function checkTyped(field: Field, raw: string, today: Day): ValueCheck {
  switch (field.type) {
    case 'date':
      return checkDate(field, raw);
    case 'select':
      return checkChoice(field, raw);
    case 'idNumber': {
      const guess = guessIdKind(raw);
      const kind = guess === 'hmtResidence' || guess === 'foreignPermanent' ? guess : 'residentId';
      const read = readIdNumber(kind, raw, today);
      return read.ok ? { ok: true, value: read.number } : wrong(field, idProblemText(kind, read));
    }
    case 'phone': {
      const read = readPhone(raw);
      return read.ok ? { ok: true, value: read.number } : wrong(field, phoneProblemText(read));
    }
    case 'bankCard': {
      const read = readBankCard(raw);
      return read.ok ? { ok: true, value: read.number } : wrong(field, bankCardProblemText(read));
    }
    default:
      return checkText(field, raw);
  }
}

function checkText(field: Field, raw: string): ValueCheck {
  const value = cleanText(raw, { multiline: field.type === 'textarea' });
  const limit = textLimit(field);
  const length = countCharacters(value);
  if (length <= limit) return { ok: true, value };
  return wrong(field, `最多 ${limit} 个字，现在有 ${length} 个，请删去 ${length - limit} 个`);
}

function checkNumber(field: Field, raw: unknown): ValueCheck {
  const value = parseNumber(raw);
  if (value === null)
    return wrong(field, `请填数字，例如 ${Math.max(field.min ?? 0, Math.min(field.max ?? 1, 1))}`);
  const problem = numberProblem(field, value);
  return problem === null ? { ok: true, value } : wrong(field, problem);
}

function checkDate(field: Field, raw: string): ValueCheck {
  const text = compactNumber(raw);
  // without signs in between, 2026111 could be two days
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const value = parts ? `${parts[1]}-${pad(parts[2])}-${pad(parts[3])}` : '';
  if (!isDay(value)) return wrong(field, '不是真实的日期，请按“2026-09-23”这样填写');
  if (value < FIRST_DAY || value > LAST_DAY) return wrong(field, '年份应在 1900 到 2100 之间，请再核一遍');
  return { ok: true, value };
}

function checkChoice(field: Field, raw: string): ValueCheck {
  return field.options?.includes(raw)
    ? { ok: true, value: raw }
    : wrong(field, '所选的内容不在选项里，请重新选择');
}

function checkChoices(field: Field, raw: unknown): ValueCheck {
  const options = field.options ?? [];
  if (!Array.isArray(raw) || raw.some((one) => !options.includes(one as string))) {
    return wrong(field, '所选的内容不在选项里，请重新选择');
  }
  // in the order of the form, each once: the same choice always has the same bytes
  return { ok: true, value: options.filter((one) => raw.includes(one)) };
}

function wrong(field: Field, text: string): ValueCheck {
  return { ok: false, text: `${field.label}：${text}` };
}

function pad(digits: string | undefined): string {
  return (digits ?? '').padStart(2, '0');
}
