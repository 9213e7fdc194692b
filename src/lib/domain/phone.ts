/**
 * Phone numbers (domain.md §6): mobiles of 11 digits, landlines with their area code. Elderly villagers may have
 * none of their own; whose number it is belongs to the form, not here. Stored without +86, spaces or brackets;
 * a landline as `0372-1234567`.
 */
import { compactNumber } from './plain-text.ts';

export type PhoneProblem =
  | { problem: 'empty' }
  | { problem: 'characters' }
  | { problem: 'length'; length: number }
  | { problem: 'prefix' }
  | { problem: 'areaCode' }
  | { problem: 'landline' };

export type PhoneReading =
  { ok: true; number: string; kind: 'mobile' | 'landline' } | ({ ok: false } & PhoneProblem);

const MOBILE = /^1[3-9]\d{9}$/;
/** 010 and 02x have eight-digit numbers, other cities four-digit codes and seven or eight digits. */
const LANDLINE = /^(010|02\d)(\d{8})$|^(0[3-9]\d{2})(\d{7,8})$/;

export function readPhone(raw: string): PhoneReading {
  const typed = compactNumber(raw).replace(/[-‐‑‒–—−()（）.·]/g, '');
  if (typed === '' || typed === '+') return { ok: false, problem: 'empty' };
  const national = typed.replace(/^(?:\+|00)86|^86(?=1\d{10}$)/, '');
  if (!/^\d+$/.test(national)) return { ok: false, problem: 'characters' };

  if (MOBILE.test(national)) return { ok: true, number: national, kind: 'mobile' };
  const dialled = national === typed || national.startsWith('0') ? national : `0${national}`;
  const landline = LANDLINE.exec(dialled);
  if (landline) {
    const [, city, cityNumber, area, areaNumber] = landline;
    return { ok: true, number: `${city ?? area}-${cityNumber ?? areaNumber}`, kind: 'landline' };
  }
  if (national.startsWith('0')) return { ok: false, problem: 'landline' };
  if (/^[2-9]\d{6,7}$/.test(national)) return { ok: false, problem: 'areaCode' };
  if (national.length !== 11) return { ok: false, problem: 'length', length: national.length };
  return { ok: false, problem: 'prefix' };
}

/** What the counter says, with the way out. */
export function phoneProblemText(problem: PhoneProblem): string {
  switch (problem.problem) {
    case 'empty':
      return '请填写电话号码';
    case 'characters':
      return '电话号码只能是数字，请删去其他字符';
    case 'length': {
      const off = problem.length - 11;
      return `手机号应是 11 位，现在${off < 0 ? `少 ${-off} 位` : `多 ${off} 位`}`;
    }
    case 'prefix':
      return '手机号应以 13 至 19 开头，请再核一遍';
    case 'areaCode':
      return '座机号请带上区号，例如 0372-1234567';
    case 'landline':
      return '座机号应是区号加 7 位或 8 位号码，例如 0372-1234567，请再核一遍';
  }
}
