import { describe, expect, test } from 'vitest';
import { applicationIn, facts, item } from '../../../../tests/support/builders.ts';
import {
  applicationAfter,
  APPLICANTS,
  itemFor,
  paperFacts,
  WAYS,
} from '../../../../tests/support/paper-cases.ts';
import { paperText } from '../../../../tests/support/paper-text.ts';
import { STATES } from '../state.ts';
import { COPIES } from './copies.ts';
import { buildPaper, papersOf } from './papers-of.ts';

const titles = (state: Parameters<typeof papersOf>[0], of = item()) =>
  papersOf(state, of).map((ref) => ref.title);

describe('which papers there are', () => {
  test('what has happened so far, in its order', () => {
    expect(titles(applicationAfter(WAYS.receipt))).toEqual(['收件凭证']);
    expect(titles(applicationAfter(WAYS.delivery, 'legal'), itemFor('legal'))).toEqual([
      '收件凭证',
      '补正材料通知书',
      '补正收件凭证',
      '受理通知书',
      '特别程序告知书',
      '延长办理期限告知书',
      '准予行政许可决定书',
      '送达回证',
    ]);
  });

  test('a 委托书 only where somebody else handles it', () => {
    expect(titles(applicationAfter(WAYS.receipt, 'proxy'))).toEqual(['收件凭证', '代办委托书']);
  });

  test('a second notice is a paper of its own', () => {
    const twice = applicationAfter([
      ...WAYS.supplement,
      ['requestCorrection', 'clerk', '2026-09-23T02:00:00.000Z'],
    ]);
    expect(papersOf(twice, item()).map((ref) => ref.name)).toContain('notice-2');
    expect(titles(twice)).toContain('补正材料通知书（第 2 次）');
  });

  test('of what the village handles alone there is neither acceptance nor decision: the village gives none', () => {
    const own = item({ levels: ['village'] });
    const state = applicationIn('settled', facts({ item: own }));
    expect(titles(state, own)).toEqual(['收件凭证', '送达回证']);
    expect(buildPaper('acceptance', paperFacts(state, { item: own }))).toBeNull();
  });

  test.each(STATES)('every paper that is offered in state %s can be built, and no other', (state) => {
    const of = item({ resultType: 'licence' });
    const given = paperFacts(applicationIn(state, facts({ item: of })), { item: of });
    for (const { name } of papersOf(given.state, of)) expect(buildPaper(name, given)?.title).toBeTruthy();
    expect(buildPaper('notice-9', given)).toBeNull();
    expect(buildPaper('toString', given)).toBeNull();
  });
});

describe('what no paper may show', () => {
  const all = APPLICANTS.flatMap((who) => {
    const item = itemFor(who);
    const state = applicationAfter(WAYS.delivery, who);
    return papersOf(state, item).flatMap(({ name, kind }) =>
      COPIES[kind].map((copy) => ({
        who,
        name,
        copy,
        state,
        text: paperText(buildPaper(name, paperFacts(state, { item, copy }))!),
      })),
    );
  });

  test('an archive copy holds no whole number of anybody', () => {
    const archived = all.filter(({ copy }) => copy === 'archive');
    expect(archived.length).toBeGreaterThan(20);
    for (const { state, text } of archived) {
      const { applicant, handler, delivery } = state;
      const people = [applicant, applicant.guardian, applicant.representative, delivery?.collector];
      const numbers = people.flatMap((one) => (one ? [one.idNumber] : []));
      for (const number of numbers) expect(text).not.toContain(number);
      if (handler.kind === 'proxy') expect(text).not.toContain(handler.idNumber);
    }
  });

  test('a slip that gets lost tells no name and no number of a person, on either copy', () => {
    const slips = all.filter(
      ({ name, who }) => (name === 'receipt' || name === 'supplement') && who !== 'legal',
    );
    for (const { state, text } of slips) {
      // the strokes of a signature are there; who signed is said of the golden text alone
      const printed = text.replace(/^签：.*$/gm, '');
      expect(printed).not.toContain(state.applicant.name);
      expect(printed).not.toContain(state.applicant.idNumber);
    }
  });

  test('no paper but the 委托书 shows a telephone number, none an address or a bank account', () => {
    for (const { name, state, text } of all) {
      expect(text).not.toContain(state.applicant.address);
      expect(text).not.toContain(state.applicant.phone);
      if (name !== 'authorisation' && state.handler.kind === 'proxy')
        expect(text).not.toContain(state.handler.phone);
    }
  });

  test('the QR holds the random token and nothing else', () => {
    const state = applicationAfter(WAYS.receipt);
    expect(buildPaper('receipt', paperFacts(state))?.qr).toBe(`JB1:${state.queryToken}`);
  });
});

test('what is printed while practising is marked as worth nothing', () => {
  const { office } = paperFacts(applicationAfter(WAYS.receipt));
  const facts = paperFacts(applicationAfter(WAYS.acceptance), { office: { ...office, practice: true } });
  for (const { name } of papersOf(facts.state, item())) expect(buildPaper(name, facts)?.practice).toBe(true);
});

test('printed again it is the same paper, marked 补打', () => {
  const state = applicationAfter(WAYS.notice);
  const first = buildPaper('notice', paperFacts(state));
  const again = buildPaper('notice', paperFacts(state, { reprint: true }));
  expect(again).toEqual({ ...first, reprint: true });
});
