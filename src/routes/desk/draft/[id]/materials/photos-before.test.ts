import { expect, test } from 'vitest';
import { newDraft, type Draft } from '#lib/domain/draft.ts';
import type { Photo } from '#lib/domain/materials.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import { NOW, receiveBody, TODAY } from '../../../../../../tests/support/builders.ts';
import { photosBefore } from './photos-before.ts';

const photo = (name: string): Photo => ({ sha256: name.repeat(64), size: 9, type: 'jpeg' });
const { idNumber } = samplePerson(1);

function draftOf(number: string, photos: Photo[] = []): Draft {
  const draft = newDraft('d', { code: '410511005000', hash: 'a'.repeat(64) }, NOW);
  return {
    ...draft,
    applicant: { ...draft.applicant, idNumber: number },
    materials: [{ code: 'M0001', status: 'received', kind: '原件', copies: 1, photos }],
  };
}
function applied(photos: Photo[]): Application {
  const { birthDate, sex, name } = samplePerson(1);
  const applicant = { ...receiveBody().applicant, name, idNumber, birthDate, sex };
  return {
    ...receiveBody(),
    applicant,
    materials: { M0001: { code: 'M0001', photos } },
  } as unknown as Application;
}

test('the same card of the same person is offered, the draft at hand first', () => {
  const told = { applications: [applied([photo('b')])], drafts: [draftOf(idNumber, [photo('a')])] };
  expect(photosBefore('M0001', draftOf(idNumber), told, TODAY)).toEqual([photo('a')]);
  expect(photosBefore('M0001', draftOf(idNumber), { ...told, drafts: [] }, TODAY)).toEqual([photo('b')]);
});

test('the number may be typed with spaces and a small x', () => {
  const told = { applications: [applied([photo('b')])], drafts: [] };
  const typed = `${idNumber.slice(0, 6)} ${idNumber.slice(6)}`.toLowerCase();
  expect(photosBefore('M0001', draftOf(typed), told, TODAY)).toEqual([photo('b')]);
});

test.each([
  ['another person', 'M0001', samplePerson(2).idNumber],
  ['a number half typed', 'M0001', idNumber.slice(0, 17)],
  ['no number yet', 'M0001', ''],
  ['another material', 'M0002', idNumber],
])('%s: nothing is offered', (_, code, number) => {
  const told = { applications: [applied([photo('b')])], drafts: [draftOf(idNumber, [photo('a')])] };
  expect(photosBefore(code, draftOf(number), told, TODAY)).toEqual([]);
});

test('entries without photos are passed over', () => {
  const told = { applications: [applied([photo('b')])], drafts: [draftOf(idNumber)] };
  expect(photosBefore('M0001', draftOf(idNumber), told, TODAY)).toEqual([photo('b')]);
});
