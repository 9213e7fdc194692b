import { expect, test } from 'vitest';
import { addDays } from '#lib/domain/day.ts';
import { newDraft, type Draft } from '#lib/domain/draft.ts';
import { DUPLICATE_DAYS } from '#lib/domain/facts.ts';
import { STATES, type Application } from '#lib/domain/state.ts';
import { NOW, receiveBody, TODAY } from '../../../../../tests/support/builders.ts';
import { similarHere } from './similar-here.ts';
import type { Told } from './told-before.ts';

const ref = { code: '410511005000', hash: 'a'.repeat(64) };
const { idNumber, name } = receiveBody().applicant;
const draftOf = (change: Partial<Draft> = {}, id = 'd'): Draft => {
  const draft = newDraft(id, ref, NOW);
  return { ...draft, applicant: { ...draft.applicant, idNumber, name }, ...change };
};
const applied = (change: object = {}): Application =>
  ({ ...receiveBody(), id: 'a-1', item: ref, state: 'pending', ...change }) as unknown as Application;
const told = (change: Partial<Told>): Told => ({ applications: [], drafts: [], ...change });
const found = (before: Partial<Told>, draft = draftOf()) => similarHere(draft, told(before), TODAY);

test('the same person and item within thirty days is pointed out, with the way to it', () => {
  expect(found({ applications: [applied()] })).toEqual({
    text: '9 月 18 日收过，现在待受理',
    href: '/desk/applications/a-1',
    submitted: true,
  });
});

test('not another person, another item, itself, or longer ago', () => {
  const since = (days: number) => [applied({ receivedOn: addDays(TODAY, -days) })];
  expect(found({ applications: since(DUPLICATE_DAYS) })).not.toBeNull();
  expect(found({ applications: since(DUPLICATE_DAYS + 1) })).toBeNull();
  expect(found({ applications: [applied({ item: { ...ref, code: '410511005001' } })] })).toBeNull();
  expect(found({ applications: [applied({ id: 'd' })] })).toBeNull();
  const other = draftOf({ applicant: { ...draftOf().applicant, idNumber: '' } });
  expect(found({ applications: [applied()] }, other)).toBeNull();
});

test('what ended without a result is no duplicate', () => {
  const silent = STATES.filter((state) => found({ applications: [applied({ state })] }) === null);
  expect(silent.sort()).toEqual(['lapsed', 'refused', 'void', 'withdrawn']);
});

test('an unfinished draft is pointed out too, and asks for no reason', () => {
  expect(found({ drafts: [draftOf({}, 'd-2')] })).toEqual({
    text: '9 月 18 日填过一份草稿，还没提交',
    href: '/desk/draft/d-2',
    submitted: false,
  });
  expect(found({ drafts: [draftOf({})] })).toBeNull();
});
