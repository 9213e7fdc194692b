/**
 * Unified social credit codes (统一社会信用代码, GB 32100-2015): 18 characters without I O S V Z. Positions: department 1,
 * kind of body 1, area 6, body 9 (with a check of its own, GB 11714), check 1.
 */
import { compactNumber } from './plain-text.ts';

export type UsccProblem =
  | { problem: 'empty' }
  | { problem: 'length'; length: number }
  /** `at` counts from 1. */
  | { problem: 'characters'; at: number }
  | { problem: 'bodyCheck' }
  | { problem: 'checkDigit' };

export type UsccReading = { ok: true; code: string } | ({ ok: false } & UsccProblem);

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export function readUscc(raw: string): UsccReading {
  const code = compactNumber(raw).replace(/-/g, '');
  if (code === '') return { ok: false, problem: 'empty' };
  const characters = [...code];
  if (characters.length !== 18) return { ok: false, problem: 'length', length: characters.length };
  const at = characters.findIndex((one) => !ALPHABET.includes(one));
  if (at !== -1) return { ok: false, problem: 'characters', at: at + 1 };
  if (usccCheck(code) !== code.charAt(17)) return { ok: false, problem: 'checkDigit' };
  if (bodyCheck(code.slice(8, 16)) !== code.charAt(16)) return { ok: false, problem: 'bodyCheck' };
  return { ok: true, code };
}

/** What the counter says, with the way out. */
export function usccProblemText(problem: UsccProblem): string {
  switch (problem.problem) {
    case 'empty':
      return '请填写统一社会信用代码';
    case 'length':
      return `统一社会信用代码应是 18 位，现在是 ${problem.length} 位，请对照执照再核一遍`;
    case 'characters':
      return `第 ${problem.at} 位不对（只用数字和字母，没有 I、O、S、V、Z），请对照执照再核一遍`;
    case 'bodyCheck':
    case 'checkDigit':
      return '统一社会信用代码有一位不对，请对照执照再核一遍';
  }
}

/** The 18th character, from the first 17. */
export function usccCheck(code: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(code.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The ninth character of a body's code (GB 11714), from the first eight. */
export function bodyCheck(eight: string): string {
  const sum = BODY_WEIGHTS.reduce(
    (total, weight, i) => total + weight * BODY_ALPHABET.indexOf(eight.charAt(i)),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * A made-up code of a public body (11) for the demo city, right by its checks; `n` from 0 to 999999.
 * Bodies start with 99, which no real one seen here does.
 */
export function sampleUscc(n: number, area = '410500'): string {
  if (!Number.isInteger(n) || n < 0 || n > 999_999) throw new RangeError(`no sample code number ${n}`);
  const body = `99${String(n).padStart(6, '0')}`;
  const code = `11${area}${body}${bodyCheck(body)}`;
  return code + usccCheck(code);
}
