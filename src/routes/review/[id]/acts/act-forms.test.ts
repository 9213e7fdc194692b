/** What the forms make of what was chosen: notices that the rulebook takes, deliveries with the right person. */
import { expect, test } from 'vitest';
import { decide } from '#lib/domain/decide.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import { commandBodies } from '#lib/protocol/command-bodies.ts';
import * as v from 'valibot';
import {
  actor,
  applicationIn,
  command,
  facts,
  item,
  perform,
  receiveBody,
  signature,
} from '../../../../../tests/support/builders.ts';
import { defectTargets, noticeOf } from './correction-form.ts';
import { daysProblem } from './days.ts';
import { collectorOf, deliveryBefore, deliveryOf, deliverySentences, newDelivery } from './delivery-form.ts';
import { phrasesFor } from './phrases.ts';

const today = '2026-09-18';
const clerk = facts({ actor: actor('clerk') });
const missing = receiveBody({
  materials: receiveBody().materials.map((m) =>
    m.code === 'M0002' ? { ...m, status: 'missing' as const, copies: 0 } : m,
  ),
});
const app = perform(null, [[command('receive', missing), facts()]]);

test('everything that is missing is proposed at once', () => {
  const targets = defectTargets(app, item());
  expect(targets.filter((target) => target.lacking).map((target) => target.name)).toEqual(['居民户口簿']);
  expect(targets.map((target) => target.key)).toEqual([
    'M0001',
    'M0002',
    'M0026',
    'applicant',
    'answers.livingMode',
    'answers.liaisonName',
    'signature',
  ]);
});

test('a notice keeps the order of the list whatever was pressed first, and the rulebook takes it', () => {
  const targets = defectTargets(app, item());
  const body = noticeOf(
    targets,
    [
      { key: 'answers.livingMode', text: ' 与证件不一致，请改正 ' },
      { key: 'M0002', text: '没有交，请补交原件' },
    ],
    '《示例依据》第一条',
    '',
  );
  expect(body.defects.map(({ id, target, problem }) => [id, target, problem])).toEqual([
    ['d1', 'M0002', '没有交，请补交原件'],
    ['d2', 'answers.livingMode', '与证件不一致，请改正'],
  ]);
  expect(body).not.toHaveProperty('secondReason');
  expect(v.is(commandBodies.requestCorrection, body)).toBe(true);
  expect(isRefusal(decide(app, { kind: 'requestCorrection', body }, clerk))).toBe(false);
});

test('the person who may collect is the proxy only where the authorisation says so', () => {
  const proxy = {
    kind: 'proxy' as const,
    name: '李样本',
    idKind: 'residentId' as const,
    idNumber: sampleIdNumber(1, { birthDate: '1980-01-02', sex: 'male' }),
    phone: '13800000009',
    relation: '子女',
    acts: ['填表' as const],
    authorisation: signature(),
  };
  const handled = (acts: ('填表' | '领取')[]) => ({ ...app, handler: { ...proxy, acts } });
  expect(newDelivery(handled(['填表']), false).who).toBe('applicant');
  const mayCollect = handled(['填表', '领取']);
  const form = newDelivery(mayCollect, false);
  expect(collectorOf(form, mayCollect)).toMatchObject({ name: '李样本', relation: '子女' });
});

test('by post a number is enough; at the window a signature is asked for in the name of who collects', () => {
  const decided = applicationIn('decided');
  const at = facts({ actor: actor('clerk') });
  const form = newDelivery(decided, false);
  const unsigned = deliveryOf(form, decided);
  expect(decide(decided, { kind: 'deliver', body: unsigned }, at)).toMatchObject({ reason: 'signature' });
  expect(deliverySentences(unsigned, today).signature).toBe('请王示例签名，或选“纸上已签”');
  const posted = deliveryOf({ ...form, mode: 'post', trackingNumber: ' EX123 ' }, decided);
  expect(posted.trackingNumber).toBe('EX123');
  expect(v.is(commandBodies.deliver, posted)).toBe(true);
  expect(isRefusal(decide(decided, { kind: 'deliver', body: posted }, at))).toBe(false);
});

test('a wrong number of somebody else is told exactly', () => {
  const form = { ...newDelivery(app, false), who: 'other' as const };
  form.other = { name: '', idKind: 'residentId', idNumber: '4105', relation: '' };
  const sentences = deliverySentences(deliveryOf(form, app), today);
  expect(sentences['collector.name']).toContain('领取人姓名');
  expect(sentences['collector.idNumber']).toContain('现在少 14 位');
});

test('days are whole numbers that the wire takes', () => {
  expect(daysProblem('')).toBe('请填天数');
  for (const typed of ['0', '-1', '1.5', '367', 'x']) expect(daysProblem(typed)).not.toBeNull();
  expect(daysProblem('366')).toBeNull();
});

test('a delivery that was taken back is filled in as it was', () => {
  const ready = applicationIn('decided');
  const other = {
    ...newDelivery(ready, false).other,
    name: '李样本',
    idNumber: sampleIdNumber(7),
    relation: '子女',
  };
  for (const form of [
    { ...newDelivery(ready, false), mode: 'post' as const, trackingNumber: 'EMS1' },
    { ...newDelivery(ready, false), who: 'other' as const, other, signature: signature('李样本') },
  ]) {
    const body = deliveryOf(form, ready);
    expect(deliveryOf(deliveryBefore(body, ready), ready)).toEqual(body);
  }
});

test('every target of a notice has phrases that fit into it', () => {
  for (const target of defectTargets(app, item())) {
    const phrases = phrasesFor(target.sort);
    expect(phrases.length, target.name).toBeGreaterThan(0);
    expect(new Set(phrases).size).toBe(phrases.length);
  }
});
