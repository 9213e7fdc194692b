/** 核对 says who acts: the person, a guardian, the legal representative, a proxy; and how each signature was given. */
import { expect, test } from 'vitest';
import { newDraft, type Draft } from '#lib/domain/draft.ts';
import { samplePerson } from '#lib/domain/sample-identity.ts';
import { sampleUscc } from '#lib/domain/uscc.ts';
import { item, NOW, signature, TODAY } from '../../../../../tests/support/builders.ts';
import { applicantAnswers, handlerAnswers, signedWords } from './draft-summary.ts';

const person = (n: number) => {
  const { name, idKind, idNumber, phone } = samplePerson(n);
  return { name, idKind, idNumber, phone };
};
const draftOf = (applicant: Partial<Draft['applicant']>, change: Partial<Draft> = {}): Draft => {
  const draft = newDraft('d', { code: '410511005000', hash: 'a'.repeat(64) }, NOW);
  return { ...draft, applicant: { ...draft.applicant, ...person(1), ...applicant }, ...change };
};
const said = (lines: { question: string; answer: string }[]) =>
  Object.fromEntries(lines.map(({ question, answer }) => [question, answer]));

test('an organisation is read through with its code and who is responsible for it', () => {
  const { phone: _, ...representative } = person(2);
  const draft = draftOf({ kind: 'legal', name: '示例合作社', idNumber: sampleUscc(3), representative });
  expect(said(applicantAnswers(draft, TODAY))).toMatchObject({
    单位名称: '示例合作社',
    统一社会信用代码: sampleUscc(3),
    法定代表人: `${representative.name}，身份证号 ${representative.idNumber}`,
  });
  expect(said(handlerAnswers({ ...draft, handledBy: 'self' }, item(), TODAY))['谁来办']).toBe(
    `法定代表人${representative.name}来办`,
  );
});

test('whoever has a guardian is read through with the guardian', () => {
  const guardian = { ...person(2), relation: '父母' };
  const draft = draftOf({ guardian }, { handledBy: 'self' });
  expect(said(applicantAnswers(draft, TODAY))['监护人']).toBe(
    `${guardian.name}，身份证号 ${guardian.idNumber}（父母），${guardian.phone}`,
  );
  expect(said(handlerAnswers(draft, item(), TODAY))['谁来办']).toBe(`监护人${guardian.name}来办`);
});

test('the 委托书 says whose signature it bears, and how', () => {
  const guardian = { ...person(2), relation: '父母' };
  const authorisation = {
    kind: 'fingerprint' as const,
    by: guardian.name,
    witness: signature('周见证'),
  };
  const proxy = { ...person(3), relation: '邻居', acts: ['交件' as const], authorisation };
  const draft = draftOf({ guardian }, { handledBy: 'proxy', proxy });
  expect(said(handlerAnswers(draft, item(), TODAY))['委托书']).toBe(
    `${guardian.name}已按指印，见证人 周见证`,
  );
  expect([signedWords(null), signedWords({ kind: 'paper', by: '王示例' }), signedWords(signature())]).toEqual(
    ['', '纸上已签', '已在屏幕上签名'],
  );
});
