/**
 * Made-up people for the demo city and for tests: numbers that pass every check, names nobody could take for real
 * (王示例, 张样本), phones from 13800000000 on. Deterministic: the same integer is always the same person.
 * Numbers use area 410526 and the sequences 900 to 999. Never mix them with data of real people.
 */
import { luhn } from './check-digit.ts';
import { addDays } from './day.ts';
import type { Day } from './day.ts';
import { idCheckCharacter } from './identity.ts';
import type { Sex } from './identity.ts';

export interface SamplePerson {
  name: string;
  idKind: 'residentId';
  idNumber: string;
  birthDate: Day;
  sex: Sex;
  phone: string;
}

const AREA = '410526';
const FIRST_BIRTH = '1935-01-01';
/** Birth days run to 2008; the number shares no factor with STRIDE or 100, so that no number comes twice. */
const BIRTH_DAYS = 27_011;
const STRIDE = 7919;
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = ['示例', '样本', '演示', '测试', '虚拟', '假设', '范例', '样例'];

/** A valid number of a made-up resident; `n` from 0. Birth date and sex follow from `n` unless given. */
export function sampleIdNumber(n: number, given: { birthDate?: Day; sex?: Sex } = {}): string {
  requireIndex(n);
  const birthDate = given.birthDate ?? addDays(FIRST_BIRTH, (n * STRIDE) % BIRTH_DAYS);
  const sex = given.sex ?? (n % 2 === 1 ? 'male' : 'female');
  const sequence = 900 + 2 * (Math.floor(n / 2) % 50) + (sex === 'male' ? 1 : 0);
  const body = `${AREA}${birthDate.replace(/-/g, '')}${sequence}`;
  return body + idCheckCharacter(body);
}

/** A made-up person; `n` from 0. */
export function samplePerson(n: number, given: { birthDate?: Day; sex?: Sex } = {}): SamplePerson {
  const idNumber = sampleIdNumber(n, given);
  return {
    name: `${SURNAMES[n % SURNAMES.length] ?? ''}${GIVEN[Math.floor(n / SURNAMES.length) % GIVEN.length] ?? ''}`,
    idKind: 'residentId',
    idNumber,
    birthDate: `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
    sex: Number(idNumber.charAt(16)) % 2 === 1 ? 'male' : 'female',
    phone: samplePhone(n),
  };
}

/** 13800000000 and on. */
export function samplePhone(n: number): string {
  requireIndex(n);
  return `138${String(n % 100_000_000).padStart(8, '0')}`;
}

/** A made-up card of 19 digits that passes Luhn. */
export function sampleBankCard(n: number): string {
  requireIndex(n);
  const body = `621000${String(n % 1_000_000_000_000).padStart(12, '0')}`;
  return body + luhn(body);
}

function requireIndex(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`sample people are counted from 0: ${n}`);
}
