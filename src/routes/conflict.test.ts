/** Two people changed the same thing: side by side, part by part, and never a silent last-write-wins. */
import { describe, expect, test } from 'vitest';
import { decide } from '#lib/domain/decide.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import { applicationIn, command, facts, item, perform } from '../../tests/support/builders.ts';
import { chosenAmend, conflictRows, type Choice } from './conflict.ts';

type Fields = Record<string, { from: unknown; to: unknown }>;
const amend = (fields: Fields) => command('amend', { fields });
const use = (is: 'mine' | 'theirs'): Choice => ({ is });
const conflictsOf = (state: Application, fields: Fields) => {
  const verdict = decide(state, amend(fields), facts());
  if (!isRefusal(verdict) || !verdict.fields) throw new Error('no conflict');
  return verdict.fields;
};

describe('an answer', () => {
  const theirs = perform(applicationIn('pending'), [
    [amend({ 'answers.livingMode': { from: '独居', to: '与配偶居住' } }), facts()],
  ]);
  const refused = {
    'answers.livingMode': { from: '独居', to: '其他' },
    'answers.liaisonName': { from: '王样本', to: '王试用' },
  };
  const conflicts = conflictsOf(theirs, refused);

  test('shows base, mine and theirs in the words of the form', () => {
    expect(conflictRows(conflicts, item(), false)).toEqual([
      {
        key: 'answers.livingMode',
        name: '居住方式',
        base: '独居',
        mine: '其他',
        theirs: '与配偶居住',
        proposed: null,
        question: item().form[0],
        text: null,
      },
    ]);
  });

  test('用我的 amends from what stands now, with the fields that nobody else touched', () => {
    const body = chosenAmend(refused, conflicts, { 'answers.livingMode': use('mine') }, theirs);
    expect(body).toEqual({
      fields: {
        'answers.livingMode': { from: '与配偶居住', to: '其他' },
        'answers.liaisonName': { from: '王样本', to: '王试用' },
      },
    });
    expect(isRefusal(decide(theirs, command('amend', body!), facts()))).toBe(false);
  });

  test('用现在的 keeps theirs and still sends the rest', () => {
    expect(chosenAmend(refused, conflicts, { 'answers.livingMode': use('theirs') }, theirs)).toEqual({
      fields: { 'answers.liaisonName': { from: '王样本', to: '王试用' } },
    });
  });

  test('重写 sends what was written instead of both', () => {
    const written = { 'answers.livingMode': { is: 'other', value: '独居' } } as const;
    expect(chosenAmend(refused, conflicts, written, theirs)?.fields['answers.livingMode']).toEqual({
      from: '与配偶居住',
      to: '独居',
    });
  });

  test('nothing is sent when nothing of mine is left', () => {
    const only = { 'answers.livingMode': refused['answers.livingMode'] };
    expect(chosenAmend(only, conflicts, { 'answers.livingMode': use('theirs') }, theirs)).toBeNull();
    expect(chosenAmend(only, conflicts, {}, theirs)).toBeNull();
  });

  test('a field that has meanwhile become what I wanted is not sent again', () => {
    const agreed = perform(theirs, [
      [amend({ 'answers.livingMode': { from: '与配偶居住', to: '其他' } }), facts()],
    ]);
    const only = { 'answers.livingMode': refused['answers.livingMode'] };
    expect(chosenAmend(only, conflicts, { 'answers.livingMode': use('mine') }, agreed)).toBeNull();
  });

  test('a third change meanwhile is what the next amendment starts from, so it is seen again if it comes', () => {
    const third = perform(theirs, [
      [amend({ 'answers.livingMode': { from: '与配偶居住', to: '独居' } }), facts()],
    ]);
    const body = chosenAmend(refused, conflicts, { 'answers.livingMode': use('mine') }, third);
    expect(body?.fields['answers.livingMode']).toEqual({ from: '独居', to: '其他' });
  });
});

describe('a person', () => {
  const before = applicationIn('pending');
  const { applicant } = before;
  const address = '滑县白道口镇示例村二组';
  const theirs = perform(before, [
    [amend({ applicant: { from: applicant, to: { ...applicant, address } } }), facts()],
  ]);
  const refused = { applicant: { from: applicant, to: { ...applicant, phone: '13800000002' } } };
  const conflicts = conflictsOf(theirs, refused);

  test('only the parts that differ, with what only one of both changed proposed', () => {
    expect(
      conflictRows(conflicts, item(), true).map(({ name, mine, proposed }) => [name, mine, proposed]),
    ).toEqual([
      ['申请人电话', '13800000002', 'mine'],
      ['申请人住址', '滑县白道口镇示例村一组', 'theirs'],
    ]);
  });

  test('numbers are masked until asked for', () => {
    const text = JSON.stringify(conflictRows(conflicts, item(), false).map(({ mine, base }) => [mine, base]));
    expect(text).toContain('138****0002');
    expect(text).not.toContain(applicant.idNumber);
    expect(text).not.toContain(applicant.phone);
  });

  test('my phone and their address stand beside each other afterwards', () => {
    const choices = { 'applicant.phone': use('mine'), 'applicant.address': use('theirs') };
    const body = chosenAmend(refused, conflicts, choices, theirs)!;
    const after = perform(theirs, [[command('amend', body), facts()]]);
    expect(after.applicant).toEqual({ ...applicant, phone: '13800000002', address });
  });

  test('kind, number, birth date and sex of a document are chosen together', () => {
    const idNumber = sampleIdNumber(3, { birthDate: '1940-01-02', sex: 'male' });
    const other = { ...applicant, idNumber, birthDate: '1940-01-02', sex: 'male' as const };
    const fields = { applicant: { from: applicant, to: other } };
    const rows = conflictRows(conflictsOf(theirs, fields), item(), true);
    expect(rows.map(({ key }) => key)).toEqual(['applicant.id', 'applicant.address']);
    const body = chosenAmend(fields, conflictsOf(theirs, fields), { 'applicant.id': use('mine') }, theirs)!;
    expect(perform(theirs, [[command('amend', body), facts()]]).applicant).toEqual({ ...other, address });
  });
});
