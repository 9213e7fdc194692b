import { describe, expect, it } from 'vitest';
import { receiveBody, signature, TODAY } from '../../../tests/support/builders.ts';
import { actingFor, checkApplicant, normaliseApplicant, signerOf } from './applicant.ts';
import type { Applicant } from './commands.ts';
import { sampleIdNumber } from './sample-identity.ts';
import { isSigned } from './signature.ts';

const person = receiveBody().applicant;
const mother = {
  name: '李样本',
  idKind: 'residentId' as const,
  idNumber: sampleIdNumber(1, { birthDate: '1990-01-01', sex: 'female' }),
};
const child = (birthDate: string): Applicant => ({
  ...person,
  name: '王小例',
  idNumber: sampleIdNumber(2, { birthDate, sex: 'male' }),
  birthDate,
  sex: 'male',
});
const guarded: Applicant = {
  ...child('2020-05-01'),
  guardian: { ...mother, phone: '13800000002', relation: '父母' },
};
const company: Applicant = {
  kind: 'legal',
  name: '安阳示例农业有限公司',
  idKind: 'uscc',
  idNumber: '1141050000552345XB',
  birthDate: null,
  sex: null,
  phone: '0372-1234567',
  address: '滑县白道口镇示例路 1 号',
  representative: mother,
};
const fields = (applicant: Applicant) => checkApplicant(applicant, TODAY).map((problem) => problem.field);

describe('who may apply', () => {
  it.each([
    ['a person', person],
    ['a child with a guardian', guarded],
    ['an organisation with its representative', company],
    ['a child of nine without a guardian: limited capacity, people judge', child('2017-01-01')],
  ])('%s', (_, applicant) => expect(fields(applicant)).toEqual([]));

  it.each<[string, Applicant, string[]]>([
    ['a child under eight alone', child('2020-05-01'), ['applicant.guardian']],
    [
      'a guardian without a name, a number, a phone, a relation',
      {
        ...guarded,
        guardian: { name: '', idKind: 'residentId', idNumber: '1', phone: '1', relation: '朋友' },
      },
      [
        'applicant.guardian.name',
        'applicant.guardian.idNumber',
        'applicant.guardian.phone',
        'applicant.guardian.relation',
      ],
    ],
    ['a person with a credit code', { ...person, idKind: 'uscc' }, ['applicant.kind']],
    ['a person with a legal representative', { ...person, representative: mother }, ['applicant.kind']],
    ['an organisation with a guardian', { ...company, guardian: guarded.guardian! }, ['applicant.kind']],
    ['an organisation without a name', { ...company, name: ' ' }, ['applicant.name']],
    [
      'an organisation with a wrong code',
      { ...company, idNumber: '1141050000552345XC' },
      ['applicant.idNumber'],
    ],
    ['an organisation with a birth date', { ...company, birthDate: '2000-01-01' }, ['applicant.birthDate']],
    [
      'an organisation whose representative has a wrong number',
      { ...company, representative: { ...mother, idNumber: `${mother.idNumber.slice(0, 17)}?` } },
      ['applicant.representative.idNumber'],
    ],
  ])('not %s', (_, applicant, expected) => expect(fields(applicant)).toEqual(expected));

  it('an organisation without a representative', () => {
    const { representative: _, ...headless } = company;
    expect(fields(headless)).toEqual(['applicant.representative.name']);
  });
});

describe('who acts and signs', () => {
  it('the person, the guardian, the legal representative', () => {
    expect([person, guarded, company].map(signerOf)).toEqual(['王示例', '李样本', '李样本']);
    expect(actingFor(company)).toEqual({ ...mother, relation: '法定代表人' });
    expect(actingFor(guarded)).toEqual({ ...mother, relation: '监护人' });
    expect(actingFor(person).relation).toBe('本人');
  });
  it('a fingerprint counts before a witness who signs and is somebody else', () => {
    const print = (witness: string) => ({
      kind: 'fingerprint' as const,
      by: '王示例',
      witness: signature(witness),
    });
    expect(isSigned(print('李样本'))).toBe(true);
    expect(isSigned(print('王示例'))).toBe(false);
    expect(isSigned(print(' '))).toBe(false);
    const blank = { ...signature('李样本'), strokes: [] };
    expect(isSigned({ kind: 'fingerprint', by: '王示例', witness: blank })).toBe(false);
  });
});

it('codes, numbers and phones of everybody are kept cleaned', () => {
  const typed: Applicant = { ...company, idNumber: ' 1141050000552345xb ', phone: '0372 1234567' };
  expect(normaliseApplicant(typed, TODAY)).toEqual(company);
  const messy = { ...guarded, guardian: { ...guarded.guardian!, phone: '+86 138 0000 0002' } };
  expect(normaliseApplicant(messy, TODAY)).toEqual(guarded);
});
