/**
 * Numbers of identity documents (domain.md §6): which kinds there are, how a number is read, what it tells.
 * - Residents, residents from Hong Kong, Macao and Taiwan, and foreigners with a permanent card of 2023 share
 *   18 characters: birth date in digits 7–14, sex in digit 17, check by GB 11643 (ISO 7064 MOD 11-2) in the last.
 * - Area codes are never judged: those of abolished counties stay valid for life.
 * - 15-digit cards are void since 2013; the answer says so instead of "wrong length".
 * Codes are those of GA/T 2000.156 as far as known here (domain.md marks them unverified).
 */
import { addDays, isDay } from './day.ts';
import type { Day } from './day.ts';
import { compactNumber } from './plain-text.ts';

export const ID_KINDS = [
  'residentId',
  'hmtResidence',
  'foreignPermanent',
  'hmtPass',
  'taiwanPass',
  'passport',
] as const;
export type IdKind = (typeof ID_KINDS)[number];
/** Whose number it is: a person's, or an organisation's (统一社会信用代码). */
export type HolderKind = IdKind | 'uscc';

export const ID_KIND_TABLE: Readonly<Record<HolderKind, { code: string; label: string; short: string }>> = {
  residentId: { code: '111', label: '居民身份证', short: '身份证号' },
  hmtResidence: { code: '154', label: '港澳台居民居住证', short: '居住证号' },
  foreignPermanent: { code: '553', label: '外国人永久居留身份证', short: '永久居留身份证号' },
  hmtPass: { code: '516', label: '港澳居民来往内地通行证（回乡证）', short: '回乡证号' },
  taiwanPass: { code: '511', label: '台湾居民来往大陆通行证（台胞证）', short: '台胞证号' },
  passport: { code: '414', label: '护照', short: '护照号' },
  uscc: { code: '001', label: '统一社会信用代码', short: '统一社会信用代码' },
};

export type Sex = 'male' | 'female';

export type IdProblem =
  | { problem: 'empty' }
  | { problem: 'length'; length: number }
  | { problem: 'fifteen' }
  /** `at` counts from 1. */
  | { problem: 'characters'; at: number }
  | { problem: 'birthDate' }
  | { problem: 'future' }
  | { problem: 'checkDigit' }
  /** The number is one of another kind of document. */
  | { problem: 'kind'; looksLike: IdKind }
  | { problem: 'shape' };

export type IdReading =
  { ok: true; number: string; birthDate: Day | null; sex: Sex | null } | ({ ok: false } & IdProblem);

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const HMT_PREFIX = /^8[123]0000/;
const OLD_FOREIGN = /^[A-Z]{3}\d{12}$/;
const OLDEST_YEARS = 130;

/** Reads a number of a known kind; `today` only tells birth dates in the future. Never throws on what people type. */
export function readIdNumber(kind: IdKind, raw: string, today: Day): IdReading {
  const number = compactNumber(raw);
  if (number === '') return { ok: false, problem: 'empty' };
  switch (kind) {
    case 'residentId':
    case 'hmtResidence':
      return readEighteen(kind, number, today);
    case 'foreignPermanent':
      return OLD_FOREIGN.test(number) ? plain(number) : readEighteen(kind, number, today);
    case 'hmtPass':
      return /^[HM]\d{8}(?:\d{2})?$/.test(number) ? plain(number) : { ok: false, problem: 'shape' };
    case 'taiwanPass':
      return /^\d{8}$/.test(number) ? plain(number) : { ok: false, problem: 'shape' };
    case 'passport':
      return /^[A-Z0-9]{5,17}$/.test(number) ? plain(number) : { ok: false, problem: 'shape' };
  }
}

/** Which document a number seems to come from, also when it is not complete; null where nothing fits. */
export function guessIdKind(raw: string): IdKind | null {
  const number = compactNumber(raw);
  if (OLD_FOREIGN.test(number)) return 'foreignPermanent';
  if (/^[HM]\d{8}(?:\d{2})?$/.test(number)) return 'hmtPass';
  if (/^\d{8}$/.test(number)) return 'taiwanPass';
  if (/^[A-Z]{1,2}\d{7,8}$/.test(number)) return 'passport';
  return /^\d{9}/.test(number) ? kindOfEighteen(number) : null;
}

/** The check character of 17 digits (GB 11643-1999). */
export function idCheckCharacter(seventeen: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += Number(seventeen.charAt(i)) * (WEIGHTS[i] ?? 0);
  return CHECKS.charAt(sum % 11);
}

/** Whole years on that day; someone born on 29 February turns on 1 March of a common year. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function readEighteen(kind: IdKind, number: string, today: Day): IdReading {
  if (kind === 'residentId' && /^\d{15}$/.test(number)) return { ok: false, problem: 'fifteen' };
  if (number.length !== 18) return { ok: false, problem: 'length', length: [...number].length };
  const at = number.search(/[^\d]/);
  if (at !== -1 && !(at === 17 && number.endsWith('X')))
    return { ok: false, problem: 'characters', at: at + 1 };

  const looksLike = kindOfEighteen(number);
  if (looksLike !== kind) return { ok: false, problem: 'kind', looksLike };

  const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isDay(birthDate)) return { ok: false, problem: 'birthDate' };
  if (birthDate > today) return { ok: false, problem: 'future' };
  if (birthDate < addDays(today, -OLDEST_YEARS * 366)) return { ok: false, problem: 'birthDate' };
  if (idCheckCharacter(number) !== number.charAt(17)) return { ok: false, problem: 'checkDigit' };
  return { ok: true, number, birthDate, sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
}

function kindOfEighteen(number: string): IdKind {
  if (HMT_PREFIX.test(number)) return 'hmtResidence';
  return number.startsWith('9') ? 'foreignPermanent' : 'residentId';
}

function plain(number: string): IdReading {
  return { ok: true, number, birthDate: null, sex: null };
}
