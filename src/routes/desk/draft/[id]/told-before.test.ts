import { expect, test } from 'vitest';
import { newDraft, type Draft } from '#lib/domain/draft.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import { item, NOW, receiveBody, TODAY } from '../../../../../tests/support/builders.ts';
import { knownAnswers, knownApplicant, knownProxy, type Told } from './told-before.ts';

const wang = { ...samplePerson(1), name: '王示例' };
const zhang = { ...samplePerson(2), name: '张样本' };

function draftOf(change: Partial<Draft['applicant']> = {}): Draft {
  const draft = newDraft('d', { code: '410511005000', hash: 'a'.repeat(64) }, NOW);
  return { ...draft, applicant: { ...draft.applicant, ...change } };
}

const applied = (change: object = {}): Application => {
  const { idNumber, birthDate, sex, name } = wang;
  const applicant = { ...receiveBody().applicant, name, idNumber, birthDate, sex, phone: '13800000009' };
  return { ...receiveBody(), applicant, ...change } as unknown as Application;
};
const told = (change: Partial<Told> = {}): Told => ({ applications: [applied()], drafts: [], ...change });

test('the same number brings back name, telephone and address, however it is typed', () => {
  const spaced = `${wang.idNumber.slice(0, 6)} ${wang.idNumber.slice(6)}`;
  expect(knownApplicant(draftOf({ idNumber: spaced }).applicant, told(), TODAY)).toEqual({
    name: '王示例',
    phone: '13800000009',
    phoneOwner: null,
    address: receiveBody().applicant.address,
  });
});

test('another number, an unfinished one, or one that is wrong brings back nothing', () => {
  const of = (idNumber: string) => knownApplicant(draftOf({ idNumber }).applicant, told(), TODAY);
  expect(of(zhang.idNumber)).toBeNull();
  expect(of(wang.idNumber.slice(0, 17))).toBeNull();
  expect(of('')).toBeNull();
});

test('what stands there already is not offered again', () => {
  const { address } = receiveBody().applicant;
  const same = draftOf({ idNumber: wang.idNumber, name: '王示例', phone: '13800000009', address });
  expect(knownApplicant(same.applicant, told(), TODAY)).toBeNull();
});

test('an earlier draft counts too, where no application does', () => {
  const earlier = draftOf({
    idNumber: zhang.idNumber,
    name: '张样本',
    phone: '13800000007',
    address: '示例村',
  });
  const now = draftOf({ idNumber: zhang.idNumber });
  expect(knownApplicant(now.applicant, told({ drafts: [earlier] }), TODAY)?.phone).toBe('13800000007');
});

test('a village agent’s own number is asked for once on a device', () => {
  const handler = {
    kind: 'proxy',
    ...zhang,
    relation: '村（社区）代办员',
    acts: ['填表'],
    authorisation: null,
  };
  const before = told({ applications: [applied({ handler })] });
  expect(knownProxy('张 样 本', before)).toEqual({
    idKind: 'residentId',
    idNumber: zhang.idNumber,
    phone: zhang.phone,
  });
  expect(knownProxy('李示例', before)).toBeNull();
});

test('answers to the same questions come back where they are blank and would pass, and nobody else’s', () => {
  const form = item().form;
  const before = told({
    applications: [applied({ answers: { livingMode: '独居', liaisonName: '王样本' } })],
  });
  const blank = draftOf({ idNumber: wang.idNumber });
  const keys = (draft: Draft, from: Told) =>
    knownAnswers(form, draft, from, TODAY).map(({ field }) => field.key);
  expect(keys(blank, before)).toEqual(['livingMode', 'liaisonName']);
  expect(keys({ ...blank, answers: { livingMode: '其他' } }, before)).toEqual(['liaisonName']);
  expect(keys(draftOf({ idNumber: zhang.idNumber }), before)).toEqual([]);
  // the question has other options by now
  expect(keys(blank, told({ applications: [applied({ answers: { livingMode: '窑洞' } })] }))).toEqual([]);
});
