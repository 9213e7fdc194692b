/** The guards beyond the table: what each refuses, with its reason, and what passes. */
import { describe, expect, it } from 'vitest';
import {
  actor,
  applicationIn,
  BODIES,
  command,
  delivery,
  facts,
  item,
  perform,
  receiveBody,
  signature,
} from '../../../tests/support/builders.ts';
import type { Bodies, CommandKind } from './commands.ts';
import { decide } from './decide.ts';
import type { Facts } from './facts.ts';
import { isRefusal } from './refusal.ts';
import type { Application } from './state.ts';

/** Reason of the refusal, or the kinds of events. */
function verdictOf<K extends CommandKind>(
  state: Application | null,
  kind: K,
  body: Bodies[K],
  at: Facts,
): string {
  const verdict = decide(state, command(kind, body), at);
  return isRefusal(verdict) ? verdict.reason : verdict.map((event) => event.is).join(' ');
}
const clerk = (change: Partial<Facts> = {}): Facts => facts({ actor: actor('clerk'), ...change });
const receive = (change: Partial<Bodies['receive']>, at: Facts = facts()): string =>
  verdictOf(null, 'receive', receiveBody(change), at);
const applicant = (change: object): Bodies['receive']['applicant'] => ({
  ...receiveBody().applicant,
  ...change,
});

describe('receive', () => {
  it('takes a whole form', () => expect(receive({})).toBe('received'));

  it.each<[string, string, Partial<Bodies['receive']>]>([
    ['a wrong check digit', 'applicant', { applicant: applicant({ idNumber: '410526194403059010' }) }],
    ['a number of fifteen digits', 'applicant', { applicant: applicant({ idNumber: '410526440305901' }) }],
    [
      'a birth date that is not the number’s',
      'applicant',
      { applicant: applicant({ birthDate: '1944-03-06' }) },
    ],
    ['a sex that is not the number’s', 'applicant', { applicant: applicant({ sex: 'male' }) }],
    ['a phone of ten digits', 'applicant', { applicant: applicant({ phone: '1380000000' }) }],
    ['no address', 'applicant', { applicant: applicant({ address: ' ' }) }],
    ['a missing answer', 'answers', { answers: { livingMode: '独居' } }],
    ['an answer outside the options', 'answers', { answers: { livingMode: '火星', liaisonName: '王样本' } }],
    ['a material list with a hole', 'materials', { materials: receiveBody().materials.slice(1) }],
    [
      'no signature',
      'signature',
      { signature: { kind: 'drawn', by: '王示例', width: 1, height: 1, strokes: [] } },
    ],
    ['another site', 'site', { site: 'S410526102202' }],
    ['a day that has not come', 'receivedOn', { receivedOn: '2026-09-19' }],
    ['a receipt number of another day', 'receiptNumber', { receivedOn: '2026-09-17' }],
    [
      'a receipt number with a wrong check digit',
      'receiptNumber',
      { receiptNumber: '4105261022012026091800100010' },
    ],
    [
      'a proxy without authorisation',
      'handler',
      {
        handler: {
          kind: 'proxy',
          name: '李样例',
          idKind: 'residentId',
          idNumber: receiveBody().applicant.idNumber,
          phone: '13800000002',
          relation: '子女',
          acts: ['交件'],
          authorisation: { kind: 'drawn', by: '王示例', width: 1, height: 1, strokes: [] },
        },
      },
    ],
  ])('refuses %s', (_, reason, change) => {
    // a number of the right shape whose check digit happens to be right would prove nothing
    expect(receive(change)).toBe(reason);
  });

  it('takes a missing (缺) material: the township asks once', () => {
    const materials = receiveBody().materials.map((m) => ({ ...m, status: 'missing' as const }));
    expect(receive({ materials })).toBe('received');
  });

  it('refuses an absent person where the law wants presence', () => {
    const at = facts({ item: item({ mustAppear: '体检须本人参加' }) });
    expect(receive({ present: false }, at)).toBe('mustAppear');
    expect(receive({ present: true }, at)).toBe('received');
  });

  it('refuses an item version that nobody knows, flags one that was replaced', () => {
    expect(receive({}, facts({ item: null }))).toBe('itemUnknown');
    expect(receive({}, facts({ itemStanding: 'expired' }))).toBe('itemUnknown');
    const verdict = decide(null, command('receive'), facts({ itemStanding: 'superseded' }));
    expect(verdict).toMatchObject([{ is: 'received', flags: ['itemSuperseded'] }]);
  });

  it('takes a replaced version through the last day of its grace, by the day it was received or last heard of', () => {
    const at = (now: string, lastContact: string | null = null) =>
      facts({
        itemStanding: 'superseded',
        itemUntil: '2026-09-18',
        now: `${now}T02:00:00.000Z`,
        lastContact,
      });
    expect(receive({}, at('2026-09-18'))).toBe('received');
    expect(receive({}, at('2026-09-25'))).toBe('received');
    expect(receive({}, at('2026-09-25', '2026-09-18'))).toBe('received');
    expect(receive({}, at('2026-09-25', '2026-09-19'))).toBe('itemUnknown');
  });

  it('flags a day before the last contact, and starts the clock on arrival', () => {
    const at = facts({ now: '2026-09-21T02:00:00.000Z', lastContact: '2026-09-20' });
    const verdict = decide(null, command('receive'), at);
    expect(verdict).toMatchObject([{ is: 'received', arrivedOn: '2026-09-21', flags: ['receivedEarly'] }]);
    expect(perform(null, [[command('receive'), at]]).acceptanceFrom).toBe('2026-09-21');
  });

  it('starts the clock on the declared day for a 受托收件点', () => {
    const at = facts({ now: '2026-09-21T02:00:00.000Z' });
    const app = perform(null, [[command('receive', receiveBody({ capacity: 'receivingPoint' })), at]]);
    expect(app.acceptanceFrom).toBe('2026-09-18');
  });

  it('does not block the young: refusing is the authority’s act, in writing', () => {
    expect(receive({}, facts({ item: item({ eligibility: { minAge: 100 } }) }))).toBe('received');
  });

  it('keeps the number as the law writes it, whatever was typed', () => {
    const typed = receiveBody().applicant.idNumber.replace(/\d/g, (d) =>
      String.fromCharCode(0xff10 + Number(d)),
    );
    const app = perform(null, [
      [command('receive', receiveBody({ applicant: applicant({ idNumber: typed }) })), facts()],
    ]);
    expect(app.applicant.idNumber).toBe(receiveBody().applicant.idNumber);
  });
});

describe('amend (I8)', () => {
  const pending = applicationIn('pending');
  const amend = (fields: Bodies['amend']['fields']) => decide(pending, command('amend', { fields }), facts());

  it('merges another field', () => {
    expect(amend({ 'answers.liaisonName': { from: '王样本', to: '王示意' } })).toMatchObject([
      { is: 'amended' },
    ]);
  });
  it('tells base, mine and theirs when the field moved', () => {
    expect(amend({ 'answers.livingMode': { from: '其他', to: '与配偶居住' } })).toMatchObject({
      refused: 'conflict',
      fields: { 'answers.livingMode': { from: '其他', mine: '与配偶居住', theirs: '独居' } },
    });
  });
  it('is no conflict when both wrote the same', () => {
    expect(amend({ 'answers.livingMode': { from: '其他', to: '独居' } })).toMatchObject([{ is: 'amended' }]);
  });
  it.each(['__proto__', 'answers.__proto__', 'state', 'answers.', 'rev'])('refuses the field %s', (field) => {
    expect(amend(JSON.parse(`{"${field}":{"from":null,"to":"x"}}`))).toMatchObject({ refused: 'invalid' });
  });
  it('keeps what is amended as the form would: cleaned, and without answers no longer asked for', () => {
    const form = [
      ...item().form,
      {
        key: 'kin',
        label: '亲属',
        type: 'text' as const,
        required: false,
        visibleIf: { key: 'livingMode', equals: '独居' },
      },
    ];
    const at = facts({ item: item({ form }) });
    const body = receiveBody({ answers: { livingMode: '独居', liaisonName: '王样本', kin: '王范例' } });
    const state = perform(null, [[command('receive', body), at]]);
    const applicantTo = { ...state.applicant, phone: '+86 138 0000 0009' };
    const fields = {
      'answers.livingMode': { from: '独居', to: '其他' },
      applicant: { from: state.applicant, to: applicantTo },
    };
    const after = perform(state, [[command('amend', { fields }), at]]);
    expect(after.applicant.phone).toBe('13800000009');
    expect(after.answers).toEqual({ livingMode: '其他', liaisonName: '王样本' });
  });
  it('takes no proxy on an item that forbids one', () => {
    const at = facts({ item: item({ proxyAllowed: false }) });
    const proxy = {
      ...{ kind: 'proxy', name: '李样例', idKind: 'residentId', idNumber: pending.applicant.idNumber },
      ...{ phone: '13800000002', relation: '子女', acts: ['交件'], authorisation: signature() },
    };
    const fields = { handler: { from: pending.handler, to: proxy } };
    expect(decide(pending, command('amend', { fields }), at)).toMatchObject({ reason: 'proxyNotAllowed' });
  });
  it('judges the amended form like a new one', () => {
    expect(amend({ 'answers.livingMode': { from: '独居', to: '火星' } })).toMatchObject({
      reason: 'answers',
    });
    const wrong = { ...pending.applicant, phone: '1' };
    expect(amend({ applicant: { from: pending.applicant, to: wrong } })).toMatchObject({
      reason: 'applicant',
    });
  });
});

describe('acceptance', () => {
  const withStatus = (status: 'missing' | 'tolerated' | 'waived') => {
    const materials = receiveBody().materials.map((m) => (m.code === 'M0002' ? { ...m, status } : m));
    return perform(null, [[command('receive', receiveBody({ materials })), facts()]]);
  };
  it.each([
    ['missing', 'materialsMissing'],
    ['tolerated', 'accepted'],
    ['waived', 'accepted'],
  ] as const)('with a material %s: %s', (status, result) => {
    expect(verdictOf(withStatus(status), 'accept', {}, clerk())).toBe(result);
  });
  it('waits for a photo that has not arrived (待上传)', () => {
    const photos = [{ sha256: 'b'.repeat(64), size: 1000, type: 'jpeg' as const }];
    const materials = receiveBody().materials.map((m) => (m.code === 'M0001' ? { ...m, photos } : m));
    const app = perform(null, [[command('receive', receiveBody({ materials })), facts()]]);
    expect(verdictOf(app, 'accept', {}, clerk())).toBe('photosMissing');
    const seen = perform(app, [[command('photoVerified'), facts({ actor: actor('office') })]]);
    expect(verdictOf(seen, 'accept', {}, clerk())).toBe('accepted');
  });
  it('takes a tolerated material until its term and not after', () => {
    const accepted = perform(withStatus('tolerated'), [[command('accept'), clerk()]]);
    expect(
      verdictOf(accepted, 'addMaterial', BODIES.addMaterial, clerk({ now: '2026-10-09T15:59:00.000Z' })),
    ).toBe('materialAdded');
    expect(
      verdictOf(accepted, 'addMaterial', BODIES.addMaterial, clerk({ now: '2026-10-31T02:00:00.000Z' })),
    ).toBe('notTolerated');
  });
});

describe('correction (一次告知)', () => {
  const noticed = applicationIn('correction');
  it('needs a defect, each about something the item has', () => {
    const pending = applicationIn('pending');
    expect(verdictOf(pending, 'requestCorrection', { defects: [] }, clerk())).toBe('noDefects');
    const defects = [{ id: 'd1', kind: 'material' as const, target: 'M9999', problem: '缺' }];
    expect(verdictOf(pending, 'requestCorrection', { defects }, clerk())).toBe('defects');
  });
  it('is answered by handing in, by changing, or by words', () => {
    expect(verdictOf(noticed, 'supplyCorrection', { answers: {} }, facts())).toBe('defectsOpen');
    expect(verdictOf(noticed, 'supplyCorrection', { answers: { d1: '户主页就在背面' } }, facts())).toBe(
      'correctionSupplied',
    );
    const handedIn = perform(noticed, [[command('addMaterial'), facts()]]);
    expect(verdictOf(handedIn, 'supplyCorrection', { answers: {} }, facts())).toBe('correctionSupplied');
  });
  it('a second notice for what could be seen the first time needs a reason', () => {
    const again = perform(noticed, [[command('supplyCorrection'), facts()]]);
    const defects = [{ id: 'd2', kind: 'material' as const, target: 'M0001', problem: '看不清' }];
    expect(verdictOf(again, 'requestCorrection', { defects }, clerk())).toBe('secondNotice');
    expect(verdictOf(again, 'requestCorrection', { defects, secondReason: '漏看' }, clerk())).toBe(
      'correctionRequested',
    );
    const handedIn = perform(noticed, [
      [command('addMaterial'), facts()],
      [command('supplyCorrection'), facts()],
    ]);
    const fresh = [{ ...defects[0]!, target: 'M0002' }];
    expect(verdictOf(handedIn, 'requestCorrection', { defects: fresh }, clerk())).toBe('correctionRequested');
  });
});

describe('settling on the spot', () => {
  const settle = (at: Facts) => verdictOf(applicationIn('pending', at), 'settle', BODIES.settle, at);
  it('is for 即办件, or what only the village handles', () => {
    expect(settle(clerk())).toBe('notInstant');
    expect(settle(clerk({ item: item({ handling: '即办件' }) }))).toBe('accepted decided delivered');
    expect(settle(facts({ item: item({ handling: '即办件' }) }))).toBe('villageOnly');
    expect(settle(facts({ item: item({ levels: ['village'] }) }))).toBe('accepted decided delivered');
  });
  it('needs the licence’s number where the result is a licence', () => {
    const at = clerk({ item: item({ handling: '即办件', resultType: 'licence' }) });
    const pending = applicationIn('pending', at);
    expect(verdictOf(pending, 'settle', BODIES.settle, at)).toBe('text');
    expect(verdictOf(pending, 'settle', { ...BODIES.settle, licenceNumber: '示例证 1' }, at)).toBe(
      'accepted decided licenceMade delivered',
    );
  });
});

describe('examination and delivery', () => {
  const examining = applicationIn('examining');
  it('reviewer and decider of a 承诺件 are two people', () => {
    const both = { id: 'p-both', name: '周示范', roles: ['reviewer', 'head'] as const };
    const reviewed = perform(examining, [[command('review'), facts({ actor: both })]]);
    expect(verdictOf(reviewed, 'decide', BODIES.decide, facts({ actor: both }))).toBe('sameReviewer');
    expect(verdictOf(reviewed, 'decide', BODIES.decide, facts({ actor: actor('head') }))).toBe('decided');
    expect(verdictOf(examining, 'decide', BODIES.decide, facts({ actor: actor('head') }))).toBe('noReview');
  });
  it('each department gives one opinion, several may', () => {
    const reviewer = facts({ actor: actor('reviewer') });
    const reviewed = perform(examining, [[command('review'), reviewer]]);
    expect(verdictOf(reviewed, 'review', BODIES.review, reviewer)).toBe('alreadyReviewed');
    expect(verdictOf(reviewed, 'review', { ...BODIES.review, department: '财政局' }, reviewer)).toBe(
      'reviewed',
    );
  });
  it('a granted licence is made before it is delivered', () => {
    const at = facts({ item: item({ resultType: 'licence' }) });
    const decided = applicationIn('decided', at);
    expect(verdictOf(decided, 'deliver', delivery(), { ...at, actor: actor('clerk') })).toBe(
      'licenceNotMade',
    );
    expect(verdictOf(applicationIn('ready', at), 'deliver', delivery(), at)).toBe('delivered');
    expect(verdictOf(applicationIn('decided'), 'makeLicence', BODIES.makeLicence, clerk())).toBe('noLicence');
  });
  it('an agent hands over in the village only; post needs its number; a collector signs', () => {
    const decided = applicationIn('decided');
    expect(verdictOf(decided, 'deliver', delivery({ mode: 'window' }), facts())).toBe('villageDelivery');
    expect(verdictOf(decided, 'deliver', delivery({ mode: 'post' }), clerk())).toBe('trackingNumber');
    const unsigned = { ...signature(), strokes: [] };
    expect(verdictOf(decided, 'deliver', delivery({ signature: unsigned }), facts())).toBe('signature');
  });
  it('a permit is extended by ten working days at most (§42)', () => {
    const at = facts({ item: item({ type: '行政许可' }), actor: actor('head') });
    const permit = applicationIn('examining', at);
    expect(verdictOf(permit, 'extend', { ...BODIES.extend, days: 11 }, at)).toBe('extendTooLong');
    const once = perform(permit, [[command('extend', { ...BODIES.extend, days: 6 }), at]]);
    expect(verdictOf(once, 'extend', { ...BODIES.extend, days: 5 }, at)).toBe('extendTooLong');
    expect(verdictOf(once, 'extend', { ...BODIES.extend, days: 4 }, at)).toBe('extended');
  });
});

describe('rating', () => {
  const villager = facts({ actor: actor('villager') });
  const settled = applicationIn('settled');
  it('once, and a bad one with its reason', () => {
    expect(verdictOf(settled, 'rate', { grade: 5, reasons: [], text: '' }, villager)).toBe('text');
    const rated = perform(settled, [[command('rate'), villager]]);
    expect(verdictOf(rated, 'rate', BODIES.rate, villager)).toBe('alreadyRated');
  });
});
