/** Two people changed the same field: side by side, and never a silent last-write-wins. */
import { expect, test } from 'vitest';
import { decide } from '#lib/domain/decide.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { applicationIn, command, facts, item, perform } from '../../../../tests/support/builders.ts';
import { chosenAmend, conflictRows } from './conflict.ts';

const amend = (fields: Record<string, { from: unknown; to: unknown }>) => command('amend', { fields });
const theirs = perform(applicationIn('pending'), [
  [amend({ 'answers.livingMode': { from: '独居', to: '与配偶居住' } }), facts()],
]);
const refused = {
  'answers.livingMode': { from: '独居', to: '其他' },
  'answers.liaisonName': { from: '王样本', to: '王试用' },
};
const verdict = decide(theirs, amend(refused), facts());
const conflicts = isRefusal(verdict) ? verdict.fields! : {};

test('shows base, mine and theirs in the words of the form', () => {
  expect(conflictRows(conflicts, item(), false)).toEqual([
    { field: 'answers.livingMode', name: '居住方式', base: '独居', mine: '其他', theirs: '与配偶居住' },
  ]);
});

test('用我的 amends from what stands now, with the fields that nobody else touched', () => {
  const body = chosenAmend(refused, conflicts, { 'answers.livingMode': 'mine' }, theirs);
  expect(body).toEqual({
    fields: {
      'answers.livingMode': { from: '与配偶居住', to: '其他' },
      'answers.liaisonName': { from: '王样本', to: '王试用' },
    },
  });
  expect(isRefusal(decide(theirs, command('amend', body!), facts()))).toBe(false);
});

test('用现在的 keeps theirs and still sends the rest', () => {
  expect(chosenAmend(refused, conflicts, { 'answers.livingMode': 'theirs' }, theirs)).toEqual({
    fields: { 'answers.liaisonName': { from: '王样本', to: '王试用' } },
  });
});

test('nothing is sent when nothing of mine is left', () => {
  const only = { 'answers.livingMode': refused['answers.livingMode'] };
  expect(chosenAmend(only, conflicts, { 'answers.livingMode': 'theirs' }, theirs)).toBeNull();
  expect(chosenAmend(only, conflicts, {}, theirs)).toBeNull();
});

test('a field that has meanwhile become what I wanted is not sent again', () => {
  const agreed = perform(theirs, [
    [amend({ 'answers.livingMode': { from: '与配偶居住', to: '其他' } }), facts()],
  ]);
  const only = { 'answers.livingMode': refused['answers.livingMode'] };
  expect(chosenAmend(only, conflicts, { 'answers.livingMode': 'mine' }, agreed)).toBeNull();
});

test('of a person only what differs is shown, numbers masked until asked for', () => {
  const { applicant } = applicationIn('pending');
  const fields = {
    applicant: {
      from: applicant,
      mine: { ...applicant, phone: '13800000002' },
      theirs: { ...applicant, address: '滑县白道口镇示例村二组' },
    },
  };
  const [masked] = conflictRows(fields, item(), false);
  expect(masked?.mine).toBe('电话：138****0002，住址：滑县白道口镇示例村一组');
  expect(masked?.mine).not.toContain(applicant.idNumber);
  expect(conflictRows(fields, item(), true)[0]?.mine).toContain('13800000002');
});
