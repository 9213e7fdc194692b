/**
 * The three boxes of a date and its text. Invariant: what is half typed survives a save (`1943-3-` comes back as
 * three boxes), and a whole date is always `YYYY-MM-DD`, whether or not such a day exists: the form's check says so.
 */
export interface DateParts {
  year: string;
  month: string;
  day: string;
}

const EMPTY: DateParts = { year: '', month: '', day: '' };

/** Digits as typed with a Chinese keyboard (０－９) become ordinary ones; everything else is dropped. */
export const digits = (text: string): string =>
  text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/\D/g, '');

/** `1943-03-08` or a half-typed `1943-3-` as three boxes. */
export function splitDate(value: string): DateParts {
  if (value === '') return EMPTY;
  const [year = '', month = '', day = ''] = value.split('-');
  return { year, month, day };
}

/** Empty when all boxes are; padded when all are filled; otherwise as typed, with its dashes. */
export function joinDate({ year, month, day }: DateParts): string {
  if (year === '' && month === '' && day === '') return '';
  if (year.length === 4 && month !== '' && day !== '')
    return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return `${year}-${month}-${day}`;
}

/** A whole date in any of the ways it is written (19430308, 1943.3.8, 1943年3月8日, ０ included), or undefined. */
export function readDate(text: string): DateParts | undefined {
  const plain = text.trim().replace(/[０-９]/g, digits);
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(plain);
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return { year, month: month.padStart(2, '0'), day: day.padStart(2, '0') };
}

/** Whether a box is full, so that the next digit belongs to the next one: 4 in a month is April, 1 may become 12. */
export function isFull(part: keyof DateParts, text: string): boolean {
  if (part === 'year') return text.length >= 4;
  return text.length >= 2 || Number(text) > (part === 'month' ? 1 : 3);
}
