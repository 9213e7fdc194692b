import { expect, test } from 'vitest';
import { newDraft, type Draft } from '#lib/domain/draft.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import { sampleUscc } from '#lib/domain/uscc.ts';
import { item, NOW, receiveBody, TODAY } from '../../../../../tests/support/builders.ts';
import { knownAnswers, knownApplicant, knownByName, type Told } from './told-before.ts';

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
  expect(knownApplicant(draftOf({ idNumber: spaced }).applicant, told(), TODAY)).toMatchObject({
    kind: 'person',
    name: '王示例',
    phone: '13800000009',
    phoneOwner: null,
    guardian: null,
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

test('an organisation is known by its code, with who is responsible for it', () => {
  const representative = { name: '张样本', idKind: 'residentId', idNumber: zhang.idNumber };
  const organisation = {
    ...receiveBody().applicant,
    kind: 'legal',
    name: '示例合作社',
    idKind: 'uscc',
    idNumber: sampleUscc(7),
    birthDate: null,
    sex: null,
    representative,
  };
  const before = told({ applications: [applied({ applicant: organisation })] });
  const typed = draftOf({ kind: 'legal', idNumber: sampleUscc(7).toLowerCase() });
  expect(knownApplicant(typed.applicant, before, TODAY)).toMatchObject({
    name: '示例合作社',
    representative,
  });
  // the same characters as somebody's identity number are nobody's
  expect(knownApplicant(draftOf({ idNumber: sampleUscc(7) }).applicant, before, TODAY)).toBeNull();
});

test('the name alone offers whoever was here under it, each once, until a number is typed', () => {
  const before = told({ applications: [applied(), applied()] });
  const numbers = (change: Partial<Draft['applicant']>) =>
    knownByName(draftOf(change).applicant, before, TODAY).map(({ idNumber }) => idNumber);
  expect(numbers({ name: '王 示例' })).toEqual([wang.idNumber]);
  expect(numbers({ name: '王' })).toEqual([]);
  expect(numbers({ name: '王示例', idNumber: '4' })).toEqual([]);
  expect(numbers({ name: '王示例', kind: 'legal' })).toEqual([]);
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

test('what stands in the first step is not typed again where a form asks for it', () => {
  const text = (label: string, key: string) => ({ key, label, type: 'text' as const, required: true });
  const form = [text('统一社会信用代码', 'code'), text('单位名称', 'who'), text('说明', 'why')];
  const legal = draftOf({ kind: 'legal', name: '示例合作社', idNumber: sampleUscc(7) });
  const offered = (draft: Draft) =>
    knownAnswers(form, draft, told({ applications: [] }), TODAY).map(({ field, value }) => [
      field.key,
      value,
    ]);
  expect(offered(legal)).toEqual([
    ['code', sampleUscc(7)],
    ['who', '示例合作社'],
  ]);
  expect(offered(draftOf({ name: '王示例', idNumber: wang.idNumber }))).toEqual([]);
});
