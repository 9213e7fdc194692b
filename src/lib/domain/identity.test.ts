import { describe, expect, it, test } from 'vitest';
import { idProblemText } from './identity-text.ts';
import { ageOn, guessIdKind, ID_KIND_TABLE, ID_KINDS, idCheckCharacter, readIdNumber } from './identity.ts';
import type { IdKind, IdReading } from './identity.ts';

const today = '2026-09-23';

describe('valid numbers are read', () => {
  test.each<[IdKind, string, string | null, string | null]>([
    ['residentId', '410502199003071232', '1990-03-07', 'male'],
    ['residentId', '11010519491231002X', '1949-12-31', 'female'],
    ['hmtResidence', '810000198801010012', '1988-01-01', 'male'],
    ['hmtResidence', '83000019991231456X', '1999-12-31', 'female'],
    ['foreignPermanent', '911124198108030024', '1981-08-03', 'female'],
    ['foreignPermanent', 'USA110081010112', null, null],
    ['hmtPass', 'H12345678', null, null],
    ['hmtPass', 'M1234567801', null, null],
    ['taiwanPass', '12345678', null, null],
    ['passport', 'E12345678', null, null],
  ])('%s %s', (kind, number, birthDate, sex) => {
    expect(readIdNumber(kind, number, today)).toEqual({ ok: true, number, birthDate, sex });
    expect(guessIdKind(number)).toBe(kind);
  });

  test.each([
    ['lower-case x', '11010519491231002x'],
    ['full-width digits and letter', '１１０１０５１９４９１２３１００２Ｘ'],
    ['spaces of every kind', ' 110105\u300019491231\u00A0002X\u200B'],
    ['invisible characters', '\u202E11010519491231002X\u0000'],
  ])('%s is normalised', (_, raw) => {
    expect(readIdNumber('residentId', raw, today)).toMatchObject({ ok: true, number: '11010519491231002X' });
  });

  it('an area code that no longer exists is no reason to turn a person away', () => {
    const body = '41052119600101991';
    expect(readIdNumber('residentId', body + idCheckCharacter(body), today)).toMatchObject({ ok: true });
  });
});

describe('a number that cannot be right is named, with the way out', () => {
  test.each<[IdKind, string, IdReading, string]>([
    ['residentId', '  ', { ok: false, problem: 'empty' }, '请填写身份证号'],
    [
      'residentId',
      '410502199003071231',
      { ok: false, problem: 'checkDigit' },
      '第 18 位（校验码）不对，请对照证件再核一遍',
    ],
    [
      'residentId',
      '410502900307123',
      { ok: false, problem: 'fifteen' },
      '15 位的旧身份证已经停用，请用 18 位的身份证号',
    ],
    [
      'residentId',
      '41050219900307123',
      { ok: false, problem: 'length', length: 17 },
      '身份证号应是 18 位，现在少 1 位，请对照证件再核一遍',
    ],
    [
      'residentId',
      '4105021990030712322',
      { ok: false, problem: 'length', length: 19 },
      '身份证号应是 18 位，现在多 1 位，请对照证件再核一遍',
    ],
    [
      'residentId',
      '41O502199003071232',
      { ok: false, problem: 'characters', at: 3 },
      '第 3 位不是数字，请对照证件再核一遍',
    ],
    [
      'residentId',
      '41050219900307123Y',
      { ok: false, problem: 'characters', at: 18 },
      '第 18 位只能是数字或 X，请对照证件再核一遍',
    ],
    [
      'residentId',
      '41050219900230123X',
      { ok: false, problem: 'birthDate' },
      '第 7 至 14 位不是真实的出生日期，请对照证件再核一遍',
    ],
    [
      'residentId',
      '410502179003071232',
      { ok: false, problem: 'birthDate' },
      '第 7 至 14 位不是真实的出生日期，请对照证件再核一遍',
    ],
    [
      'residentId',
      '410502202609241232',
      { ok: false, problem: 'future' },
      '第 7 至 14 位的出生日期在今天之后，请对照证件再核一遍；如果证件无误，请检查这台电脑的日期',
    ],
    [
      'residentId',
      '810000198801010012',
      { ok: false, problem: 'kind', looksLike: 'hmtResidence' },
      '这是港澳台居民居住证的号码，请改选证件类型，或者对照证件再核一遍',
    ],
    [
      'hmtResidence',
      '410502199003071232',
      { ok: false, problem: 'kind', looksLike: 'residentId' },
      '这是居民身份证的号码，请改选证件类型，或者对照证件再核一遍',
    ],
    [
      'hmtPass',
      'X12345678',
      { ok: false, problem: 'shape' },
      '回乡证号是字母 H 或 M 加 8 位或 10 位数字，请对照证件再核一遍',
    ],
    ['taiwanPass', '1234567', { ok: false, problem: 'shape' }, '台胞证号是 8 位数字，请对照证件再核一遍'],
    [
      'passport',
      'E-1234567',
      { ok: false, problem: 'shape' },
      '护照号是 5 至 17 位字母和数字，请对照证件再核一遍',
    ],
  ])('%s “%s”', (kind, raw, reading, text) => {
    const read = readIdNumber(kind, raw, today);
    expect(read).toEqual(reading);
    expect(read.ok ? '' : idProblemText(kind, read)).toBe(text);
  });

  it('every single wrong digit of a resident’s number is found', () => {
    const number = '410502199003071232';
    for (let at = 0; at < 17; at += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const typed = number.slice(0, at) + digit + number.slice(at + 1);
        expect(readIdNumber('residentId', typed, today).ok).toBe(typed === number);
      }
    }
  });

  it('someone born today has a number', () => {
    const body = '41050220260923991';
    expect(readIdNumber('residentId', body + idCheckCharacter(body), today).ok).toBe(true);
  });
});

test.each([
  ['41050290', 'taiwanPass'],
  ['410502900307123', 'residentId'],
  ['41050219900307', 'residentId'],
  ['8300001999', 'hmtResidence'],
  ['9111241981', 'foreignPermanent'],
  ['', null],
  ['王示例', null],
])('“%s” seems to be: %s', (raw, kind) => expect(guessIdKind(raw)).toBe(kind));

test('every kind has a name and a code of its own', () => {
  expect(new Set(ID_KINDS.map((kind) => ID_KIND_TABLE[kind].code)).size).toBe(ID_KINDS.length);
});

test.each([
  ['1990-03-07', '2026-03-06', 35],
  ['1990-03-07', '2026-03-07', 36],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2026-09-23', '2026-09-23', 0],
])('born %s, on %s: %i years', (birth, day, age) => expect(ageOn(birth, day)).toBe(age));
