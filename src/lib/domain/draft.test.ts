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
import { signerOf } from './applicant.ts';
import {
  applicantKinds,
  applicantOf,
  draftAgain,
  draftFromRefused,
  draftSteps,
  newDraft,
  readDraft,
  receiveBodyOf,
  type Draft,
} from './draft.ts';
import { samplePerson } from './sample-identity.ts';
import { sampleUscc } from './uscc.ts';

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

describe('who may apply', () => {
  it.each([
    [['自然人'], ['person']],
    [['法人'], ['legal']],
    [
      ['自然人', '法人'],
      ['person', 'legal'],
    ],
    [['其他'], ['person', 'legal']],
  ])('%j: %j', (audience, kinds) => {
    expect(applicantKinds(item({ audience }))).toEqual(kinds);
  });
});

describe('a draft of an earlier program', () => {
  it('is read whole: who it was for is kept, what it did not know is asked', () => {
    const { guardian, representative, kind, ...applicant } = newDraft('d', ref, NOW).applicant;
    const { duplicateReason, ...rest } = newDraft('d', ref, NOW);
    const old = { ...rest, applicant: { ...applicant, name: '王示例' } } as Draft;
    expect([kind, guardian, representative.name, duplicateReason]).toEqual(['person', null, '', '']);
    expect(readDraft(old)).toEqual({
      ...newDraft('d', ref, NOW),
      applicant: { ...newDraft('d', ref, NOW).applicant, name: '王示例' },
    });
  });
});

describe('another application for the same applicant', () => {
  const making = { id: 'd-2', item: item(), ref, now: NOW, answers: true };
  const proxied = receiveBody({
    handler: {
      kind: 'proxy',
      ...samplePerson(5),
      relation: '子女',
      acts: ['填表'],
      authorisation: signature(),
    } as never,
  });

  it('keeps applicant, proxy and answers, and asks for signatures and papers anew', () => {
    const again = draftAgain(proxied, making);
    const { birthDate: _birth, sex: _sex, ...applicant } = proxied.applicant;
    expect(again.applicant).toMatchObject(applicant);
    expect(again.handledBy).toBe('proxy');
    expect(again.proxy).toMatchObject({ name: samplePerson(5).name, relation: '子女', authorisation: null });
    expect(again.answers).toEqual(proxied.answers);
    expect([again.materials, again.signature, again.commandId, again.present]).toEqual([
      [],
      null,
      null,
      false,
    ]);
  });
  it('leaves behind what another form does not ask for', () => {
    const other = item({ code: '410511005002', form: [item().form[1]!] });
    expect(draftAgain(proxied, { ...making, item: other }).answers).toEqual({ liaisonName: '王样本' });
    expect(draftAgain(proxied, { ...making, answers: false }).answers).toEqual({});
  });
  it('does not bring an organisation into an item for people', () => {
    const legal = receiveBody({
      applicant: {
        ...receiveBody().applicant,
        kind: 'legal',
        name: '示例合作社',
        idKind: 'uscc',
        idNumber: sampleUscc(1),
        birthDate: null,
        sex: null,
        representative: { name: '张样本', idKind: 'residentId', idNumber: samplePerson(6).idNumber },
      },
    });
    expect(draftAgain(legal, making).applicant).toEqual(newDraft('d', ref, NOW).applicant);
    const both = draftAgain(legal, { ...making, item: item({ audience: ['自然人', '法人'] }) });
    expect(applicantOf(both, TODAY)).toEqual(legal.applicant);
    expect(signerOf(applicantOf(both, TODAY))).toBe('张样本');
  });
  it('does not bring a proxy into an item that wants the person', () => {
    expect(draftAgain(proxied, { ...making, item: item({ proxyAllowed: false }) }).handledBy).toBeNull();
  });
});
