/**
 * What may stand in a field of a sheet, and how it is written in a cell: the same for the workbook, the difference and the
 * editor. Invariant: `readCell(kind, writeCell(kind, value))` is the value. Texts are as people type them: full-width
 * digits, spaces round them and 、 between several are understood.
 */
import { isDay } from '#lib/domain/day.ts';

export type Kind =
  /** `most` characters. `lines`: it may have several lines. */
  | { is: 'text'; most: number; lines?: true }
  | { is: 'whole'; least?: number }
  | { is: 'number' }
  | { is: 'flag' }
  /** `words`: what a value is called; the value itself where there is none. */
  | { is: 'one'; of: readonly string[]; words?: Readonly<Record<string, string>> }
  /** Several of these, or of any texts. */
  | { is: 'many'; of?: readonly string[]; words?: Readonly<Record<string, string>> }
  /** Texts that may hold 、: one on each line, or with | between. */
  | { is: 'lines' }
  | { is: 'day' };

/** `undefined`: the cell is empty. */
export type CellRead = { ok: true; value: unknown } | { ok: false; text: string };

const good = (value: unknown): CellRead => ({ ok: true, value });
const bad = (text: string): CellRead => ({ ok: false, text });
const MOST_OF_MANY = 200;
/** Beyond it Excel has lost digits before anybody could see it. */
const EXACT = 1e15;

const split = (text: string, between: RegExp): string[] =>
  text
    .split(between)
    .map((one) => one.trim())
    .filter(Boolean);

/** What a cell says. */
export function readCell(kind: Kind, raw: string): CellRead {
  const text = raw.trim();
  if (text === '') return good(undefined);
  switch (kind.is) {
    case 'text':
      if ([...text].length > kind.most) return bad(`最多 ${kind.most} 个字，现在是 ${[...text].length} 个`);
      return /\n/.test(text) && !kind.lines ? bad('这里只能写一行，请去掉换行') : good(text);
    case 'whole':
    case 'number':
      return readNumber(kind, text);
    case 'flag': {
      const flag = text.normalize('NFKC').toLowerCase();
      if (/^(是|有|可以?|√|✓|y|yes|true|1)$/.test(flag)) return good(true);
      if (/^(否|无|不可以?|×|✗|n|no|false|0)$/.test(flag)) return good(false);
      return bad(`应是“是”或“否”，现在是“${short(text)}”`);
    }
    case 'one': {
      const value = valueOf(kind, text);
      return value === undefined ? bad(notOneOf(kind, text)) : good(value);
    }
    case 'many': {
      const found = split(text, /[\n|、，,；;]/);
      if (found.length > MOST_OF_MANY) return bad(`最多 ${MOST_OF_MANY} 个`);
      const wrong = found.find((one) => valueOf(kind, one) === undefined);
      return wrong === undefined ? good(found.map((one) => valueOf(kind, one))) : bad(notOneOf(kind, wrong));
    }
    case 'lines': {
      const found = split(text, /[\n|]/);
      return found.length > MOST_OF_MANY ? bad(`最多 ${MOST_OF_MANY} 行`) : good(found);
    }
    case 'day': {
      const day = text.normalize('NFKC').replace(/^(\d{4})[年/.](\d{1,2})[月/.](\d{1,2})日?$/, dashed);
      return !isDay(day) ? bad(`应是日期，例如 2026-09-01，现在是“${short(text)}”`) : good(day);
    }
  }
}

const dashed = (_: string, year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;

function readNumber(kind: Kind & { is: 'whole' | 'number' }, text: string): CellRead {
  const digits = text.normalize('NFKC').replace(/[,\s]/g, '');
  if (!/^-?\d+(\.\d+)?$/.test(digits)) return bad(`应是数字，现在是“${short(text)}”`);
  const value = Number(digits);
  if (Math.abs(value) >= EXACT) return bad('这个数太大了，请核对');
  if (kind.is === 'number') return good(value);
  if (!Number.isInteger(value)) return bad(`应是整数，现在是“${short(text)}”`);
  const { least = 0 } = kind;
  return value < least ? bad(`应是 ${least} 或更大的整数`) : good(value);
}

/** What a person sees of a value. Nothing for nothing. */
export function writeCell(kind: Kind, value: unknown): string {
  if (value === undefined || value === null) return '';
  switch (kind.is) {
    case 'flag':
      return value === true ? '是' : '否';
    case 'one':
      return wordOf(kind, value);
    case 'many':
      return (value as string[]).map((one) => wordOf(kind, one)).join('、');
    case 'lines':
      return (value as string[]).join('\n');
    default:
      return String(value);
  }
}

type Worded = Extract<Kind, { is: 'one' | 'many' }>;
const wordOf = ({ words }: Worded, value: unknown): string => words?.[String(value)] ?? String(value);

/** A value by its word or by itself; brackets of either width. Digits that a county's own list may use are never guessed. */
function valueOf(kind: Worded, text: string): string | undefined {
  if (!kind.of) return text;
  const plain = (one: string): string => one.replace(/（/g, '(').replace(/）/g, ')').replace(/\s/g, '');
  return kind.of.find((one) => plain(wordOf(kind, one)) === plain(text) || one === text);
}

const notOneOf = (kind: Worded, text: string): string =>
  `没有“${short(text)}”这一种，应是：${(kind.of ?? []).map((one) => wordOf(kind, one)).join('、')}`;

/** A cell of a whole page must not fill the message. */
const short = (text: string): string =>
  [...text].length > 20 ? `${[...text].slice(0, 20).join('')}…` : text;
