/**
 * One schema a kind of command: shape and size only. Whether it is true or allowed is the domain's to say, so that a
 * wrong identity number is a refusal with words and never a malformed request. Strict: unknown keys are refused.
 */
import * as v from 'valibot';
import { AUTHORISED_ACTS, type Bodies, type SentKind } from '#lib/domain/commands.ts';
import { ID_KINDS } from '#lib/domain/identity.ts';
import { PHOTO_TYPES, PHOTOS_LIMIT } from '#lib/domain/materials.ts';
import { MAX_POINTS, MAX_STROKES } from '#lib/domain/signature.ts';
import { count, day, positive, sha256, shortId, text } from './primitives.ts';

const name = text(200);
const idNumber = text(40);
const idKind = v.picklist(ID_KINDS);
const words = text(2000);

const coordinate = v.pipe(v.number(), v.safeInteger(), v.minValue(-20_000), v.maxValue(20_000));
const handSignature = v.variant('kind', [
  v.strictObject({
    kind: v.literal('drawn'),
    by: name,
    width: positive,
    height: positive,
    strokes: v.pipe(
      v.array(v.pipe(v.array(coordinate), v.maxLength(MAX_POINTS * 2))),
      v.maxLength(MAX_STROKES),
    ),
  }),
  v.strictObject({ kind: v.literal('paper'), by: name }),
]);
const signature = v.variant('kind', [
  ...handSignature.options,
  v.strictObject({ kind: v.literal('fingerprint'), by: name, witness: handSignature }),
]);

const person = { name, idKind, idNumber };
const applicant = v.strictObject({
  kind: v.picklist(['person', 'legal']),
  name,
  idKind: v.picklist([...ID_KINDS, 'uscc']),
  idNumber,
  birthDate: v.nullable(day),
  sex: v.nullable(v.picklist(['male', 'female'])),
  phone: text(40),
  phoneOwner: v.exactOptional(v.strictObject({ name, relation: text(40) })),
  address: text(500),
  guardian: v.exactOptional(v.strictObject({ ...person, phone: text(40), relation: text(40) })),
  representative: v.exactOptional(v.strictObject(person)),
});

const handler = v.variant('kind', [
  v.strictObject({ kind: v.literal('self') }),
  v.strictObject({
    kind: v.literal('proxy'),
    name,
    idKind,
    idNumber,
    phone: text(40),
    relation: text(40),
    acts: v.pipe(v.array(v.picklist(AUTHORISED_ACTS)), v.maxLength(8)),
    authorisation: signature,
  }),
]);

const scalar = v.union([text(20_000), v.pipe(v.number(), v.finite()), v.boolean()]);
const answer = v.union([
  scalar,
  v.pipe(v.array(text(500)), v.maxLength(100)),
  v.pipe(v.array(v.record(text(60), scalar)), v.maxLength(100)),
]);

const material = v.strictObject({
  code: text(20),
  status: v.picklist(['received', 'missing', 'tolerated', 'waived', 'notNeeded']),
  kind: v.picklist(['原件', '复印件', '原件和复印件', '电子件']),
  copies: count,
  photos: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ sha256, size: positive, type: v.picklist(PHOTO_TYPES) })),
      v.maxLength(PHOTOS_LIMIT),
    ),
  ),
});

/** What may be written into a field: the same shapes as in `receive`; null takes an answer away. */
const isValueOf = (field: string, to: unknown): boolean => {
  if (field === 'applicant') return v.is(applicant, to);
  return field === 'handler' ? v.is(handler, to) : to === null || v.is(answer, to);
};

const decision = v.strictObject({ granted: v.boolean(), facts: words, basis: words });
const delivery = v.strictObject({
  mode: v.picklist(['window', 'post', 'village']),
  trackingNumber: v.exactOptional(text(60)),
  collector: v.strictObject({ name, idKind, idNumber, relation: text(40) }),
  signature,
});
const days = v.pipe(positive, v.maxValue(366));

export const commandBodies = {
  receive: v.strictObject({
    applicant,
    handler,
    answers: v.record(text(60), answer),
    materials: v.pipe(v.array(material), v.maxLength(100)),
    site: shortId,
    receiptNumber: text(40),
    queryToken: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
    signature,
    present: v.boolean(),
    capacity: v.picklist(['proxy', 'receivingPoint']),
    receivedOn: day,
    duplicateReason: v.exactOptional(text(500)),
  }),
  amend: v.strictObject({
    fields: v.pipe(
      v.record(text(80), v.strictObject({ from: v.unknown(), to: v.unknown() })),
      v.check((fields) => Object.entries(fields).every(([field, { to }]) => isValueOf(field, to))),
    ),
  }),
  addMaterial: material,
  supplyCorrection: v.strictObject({ answers: v.record(text(40), text(500)) }),
  withdraw: v.strictObject({ reason: words, signature }),
  accept: v.strictObject({}),
  requestCorrection: v.strictObject({
    defects: v.pipe(
      v.array(
        v.strictObject({
          id: text(40),
          kind: v.picklist(['material', 'field']),
          target: text(80),
          problem: words,
          basis: v.exactOptional(words),
        }),
      ),
      v.maxLength(100),
    ),
    secondReason: v.exactOptional(words),
  }),
  refuseAcceptance: v.strictObject({
    ground: v.picklist(['notNeeded', 'notOurs', 'unfit']),
    reason: words,
    basis: words,
    organ: v.exactOptional(text(200)),
  }),
  settle: v.strictObject({ decision, licenceNumber: v.exactOptional(text(100)), delivery }),
  claim: v.strictObject({}),
  release: v.strictObject({}),
  assign: v.strictObject({ department: text(100), reviewer: v.exactOptional(shortId) }),
  review: v.strictObject({ department: text(100), pass: v.boolean(), opinion: words }),
  decide: decision,
  makeLicence: v.strictObject({ licenceNumber: text(100) }),
  deliver: delivery,
  forward: v.strictObject({ organ: text(200), reason: words }),
  void: v.strictObject({ reason: words }),
  suspend: v.strictObject({ procedure: text(100), reason: words, basis: words, days }),
  resume: v.strictObject({ result: words }),
  extend: v.strictObject({ days, reason: words, basis: words }),
  rate: v.strictObject({
    grade: v.picklist([1, 2, 3, 4, 5]),
    reasons: v.pipe(v.array(text(100)), v.maxLength(20)),
    text: words,
  }),
} satisfies { [K in SentKind]: v.GenericSchema<unknown, Bodies[K]> };
