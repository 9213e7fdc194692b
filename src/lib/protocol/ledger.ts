/**
 * What a device asks the office for, beside the feed: the ledger (台账) of a month (GET and POST /api/ledger) and one
 * application by its receipt (POST /api/lookup). A device keeps closed applications for seven days; these doors have the
 * rest. What lies outside the device's scope is answered like what does not exist.
 */
import * as v from 'valibot';
import { LEDGER_ACTS, REVEAL_REASONS } from '#lib/domain/ledger.ts';
import { isReceiptNumber } from '#lib/domain/receipt-number.ts';
import { STATES } from '#lib/domain/state.ts';
import { base64url, count, day, positive, shortId, text, uuidV7 } from './primitives.ts';
import { snapshot } from './sync.ts';

/** Lines in one answer at most. */
export const LEDGER_PAGE = 200;

const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
/** `next` of the answer before. */
const after = text(40);

/** GET: what identifies people is masked. */
export const ledgerQuery = v.strictObject({ month, after: v.exactOptional(after) });

/** POST: names and numbers in full. The office writes down who asked, for which month and why. */
export const ledgerRequest = v.strictObject({
  month,
  after: v.exactOptional(after),
  /** Whoever sits at the device. */
  staff: shortId,
  reason: v.picklist(REVEAL_REASONS),
});

const ledgerLine = v.strictObject({
  id: uuidV7,
  rev: positive,
  receiptNumber: text(40),
  caseNumber: v.nullable(text(80)),
  itemCode: text(40),
  itemName: text(200),
  name: text(200),
  idNumber: text(60),
  site: shortId,
  agent: v.strictObject({ id: text(40), name: text(200) }),
  state: v.picklist(STATES),
  receivedOn: day,
  acceptedOn: v.nullable(day),
  correctedOn: v.array(day),
  closedOn: v.nullable(day),
  days: v.nullable(v.pipe(v.number(), v.safeInteger())),
});

export const ledgerResponse = v.strictObject({
  month,
  lines: v.array(ledgerLine),
  /** To ask the next page with; null after the last. */
  next: v.nullable(after),
  /** Of the whole month: with the first page only. */
  counts: v.exactOptional(v.strictObject({ lines: count, ...v.entriesFromList([...LEDGER_ACTS], count) })),
});
export type LedgerResponse = v.InferOutput<typeof ledgerResponse>;

/** By the token of its QR code, by its number as printed, or by its id. */
export const lookupRequest = v.union([
  v.strictObject({ token: base64url(40) }),
  v.strictObject({ receiptNumber: v.pipe(text(60), v.check(isReceiptNumber)) }),
  v.strictObject({ application: uuidV7 }),
]);
export type LookupRequest = v.InferOutput<typeof lookupRequest>;
/** null: there is none, or it is not this device's to see. */
export const lookupResponse = v.strictObject({ found: v.nullable(snapshot) });
export type LookupResponse = v.InferOutput<typeof lookupResponse>;
