/**
 * Refusals (办不了的原因): a closed list of values, never exceptions. The office sends code and reason; the device has the
 * words for people (refusal-words.ts), which a worker that only carries them does without.
 */

export const REFUSAL_CODES = [
  'state',
  'conflict',
  'invalid',
  'forbidden',
  'itemExpired',
  'predecessor',
  'idReused',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

const REASONS = {
  wrongState: 'state',
  exists: 'state',
  closed: 'state',
  notAllowed: 'forbidden',
  unknownApplication: 'forbidden',
  villageOnly: 'forbidden',
  sameReviewer: 'forbidden',
  applicant: 'invalid',
  handler: 'invalid',
  answers: 'invalid',
  materials: 'invalid',
  signature: 'invalid',
  receiptNumber: 'invalid',
  receivedOn: 'invalid',
  site: 'invalid',
  mustAppear: 'invalid',
  proxyNotAllowed: 'invalid',
  materialsMissing: 'invalid',
  photosMissing: 'invalid',
  noSuchMaterial: 'invalid',
  notTolerated: 'invalid',
  noDefects: 'invalid',
  defects: 'invalid',
  secondNotice: 'invalid',
  defectsOpen: 'invalid',
  notInstant: 'invalid',
  alreadyReviewed: 'state',
  noReview: 'state',
  noLicence: 'state',
  licenceNotMade: 'state',
  trackingNumber: 'invalid',
  villageDelivery: 'forbidden',
  extendTooLong: 'invalid',
  alreadyRated: 'state',
  claimed: 'state',
  notClaimed: 'state',
  notDue: 'state',
  text: 'invalid',
  fieldConflict: 'conflict',
  itemUnknown: 'itemExpired',
  predecessorRefused: 'predecessor',
  idReused: 'idReused',
} as const satisfies Record<string, RefusalCode>;

export type RefusalReason = keyof typeof REASONS;
export const REFUSAL_REASONS = Object.keys(REASONS) as RefusalReason[];

export interface FieldConflict {
  from: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Refusal {
  refused: RefusalCode;
  reason: RefusalReason;
  /** Names of the fields, materials or defects concerned; never their contents. */
  at?: string[];
  /** For a conflict: base, mine and theirs of each field. */
  fields?: Record<string, FieldConflict>;
}

export const refuse = (reason: RefusalReason, at?: string[]): Refusal => ({
  refused: REASONS[reason],
  reason,
  ...(at && at.length > 0 ? { at } : {}),
});

export const refusalCode = (reason: RefusalReason): RefusalCode => REASONS[reason];

export const isRefusal = (value: object): value is Refusal => 'refused' in value;
