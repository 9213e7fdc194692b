/** Who collects (领取人) and how a result is handed over, while it is filled in; and what becomes of it. */
import { actingFor } from '#lib/domain/applicant.ts';
import type { Delivery, Person, Signature } from '#lib/domain/commands.ts';
import type { Day } from '#lib/domain/day.ts';
import { idProblemText } from '#lib/domain/identity-text.ts';
import { readIdNumber } from '#lib/domain/identity.ts';
import { nameProblemText, readPersonName } from '#lib/domain/person-name.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Sentences } from './press.svelte.ts';

export interface DeliveryForm {
  mode: Delivery['mode'];
  trackingNumber: string;
  /** `other`: neither the applicant nor the proxy of the form. */
  who: 'applicant' | 'proxy' | 'other';
  other: Person & { relation: string };
  signature: Signature;
}

export function newDelivery(app: Application, atVillage: boolean): DeliveryForm {
  const mayCollect = app.handler.kind === 'proxy' && app.handler.acts.includes('领取');
  return {
    mode: atVillage ? 'village' : 'window',
    trackingNumber: '',
    who: mayCollect ? 'proxy' : 'applicant',
    other: { name: '', idKind: 'residentId', idNumber: '', relation: '' },
    signature: { kind: 'drawn', by: '', width: 1, height: 1, strokes: [] },
  };
}

/** What was filled in and taken back, or an empty one for the window. */
export function deliveryBefore(before: Delivery | undefined, app: Application): DeliveryForm {
  const empty = newDelivery(app, false);
  if (before === undefined) return empty;
  const { mode, trackingNumber = '', collector, signature } = before;
  const was = { ...empty, mode, trackingNumber, signature };
  const who = (['applicant', 'proxy'] as const).find((one) =>
    sameValue(collectorOf({ ...was, who: one }, app), collector),
  );
  return who ? { ...was, who } : { ...was, who: 'other', other: collector };
}

export function collectorOf(form: DeliveryForm, app: Application): Delivery['collector'] {
  if (form.who === 'other') return { ...form.other, relation: form.other.relation.trim() };
  if (form.who === 'proxy' && app.handler.kind === 'proxy') {
    const { name, idKind, idNumber, relation } = app.handler;
    return { name, idKind, idNumber, relation };
  }
  return actingFor(app.applicant);
}

export function deliveryOf(form: DeliveryForm, app: Application): Delivery {
  const collector = collectorOf(form, app);
  // by post the carrier's slip, on paper, is the signature
  const signature: Signature =
    form.mode === 'post' ? { kind: 'paper', by: collector.name } : { ...form.signature, by: collector.name };
  return {
    mode: form.mode,
    ...(form.mode === 'post' ? { trackingNumber: form.trackingNumber.trim() } : {}),
    collector,
    signature,
  };
}

/** Sentences for what the rulebook may find, exact about the collector's name and number. */
export function deliverySentences(delivery: Delivery, today: Day): Sentences {
  const { name, idKind, idNumber } = delivery.collector;
  const read = readPersonName(name);
  const id = readIdNumber(idKind, idNumber, today);
  return {
    trackingNumber: '请填邮寄单号',
    'collector.name': read.ok ? '' : nameProblemText(read, '领取人姓名'),
    'collector.idNumber': id.ok ? '' : `领取人${idProblemText(idKind, id)}`,
    'collector.relation': '请选领取人和申请人的关系',
    signature: `请${name.trim() === '' ? '领取人' : name}签名，或选“纸上已签”`,
  };
}
