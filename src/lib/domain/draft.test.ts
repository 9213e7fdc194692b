/** A draft loses nothing: its steps tell what is left, and a refused form comes back whole. */
import { describe, expect, it } from 'vitest';
import {
  command,
  facts,
  item,
  NOW,
  receiveBody,
  signature,
  SITE,
  TODAY,
} from '../../../tests/support/builders.ts';
import { decide } from './decide.ts';
import { draftFromRefused, draftSteps, newDraft, receiveBodyOf, type Draft } from './draft.ts';

const ref = { code: '410511005000', hash: 'a'.repeat(64) };
const refused = { id: 'c-1', applicationId: 'app-1', item: ref, body: receiveBody() };
const filled = (change: Partial<Draft> = {}): Draft => ({ ...draftFromRefused(refused, NOW), ...change });
const are = (draft: Draft, it_ = item()) =>
  Object.fromEntries(draftSteps(draft, it_, TODAY).map((s) => [s.name, s.is]));

describe('the six steps', () => {
  it('begin empty: four to do, checking and signing wait', () => {
    expect(are(newDraft('d', ref, NOW))).toEqual({
      applicant: 'todo',
      handler: 'todo',
      form: 'todo',
      materials: 'todo',
      check: 'wait',
      sign: 'wait',
    });
  });
  it('are done when filled, and only signing is left', () => {
    expect(are(filled())).toMatchObject({
      applicant: 'done',
      handler: 'done',
      form: 'done',
      materials: 'done',
      sign: 'todo',
    });
  });
  it('say what is wrong where it is', () => {
    const { applicant } = filled();
    const steps = draftSteps(filled({ applicant: { ...applicant, phone: '138' } }), item(), TODAY);
    expect(steps[0]).toMatchObject({ is: 'wrong', problems: [{ field: 'applicant.phone' }] });
  });
  it('a missing material does not block: the township asks once', () => {
    const materials = filled().materials.map((m) => ({ ...m, status: 'missing' as const }));
    expect(are(filled({ materials })).materials).toBe('done');
  });
  it('presence is asked where the law wants it', () => {
    const strict = item({ mustAppear: '体检须本人参加' });
    expect(are(filled({ present: false }), strict).handler).toBe('wrong');
    expect(are(filled({ present: true }), strict).handler).toBe('done');
  });
});

it('a refused form comes back whole and is taken when sent again', () => {
  const draft = filled();
  expect(draft).toMatchObject({
    id: 'app-1',
    supersedes: 'c-1',
    answers: refused.body.answers,
    signature: null,
  });
  const body = receiveBodyOf(draft, item(), {
    receiptNumber: refused.body.receiptNumber,
    queryToken: refused.body.queryToken,
    site: SITE.id,
    receivedOn: TODAY,
    signature: signature(),
  });
  expect(body).toEqual(refused.body);
  expect(decide(null, command('receive', body), facts())).toMatchObject([{ is: 'received' }]);
});
