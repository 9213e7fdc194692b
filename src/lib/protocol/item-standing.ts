/**
 * What a device asks the office about a version of an item that is not in its release any more: how long it is still taken
 * (POST /api/catalogue/standing). The answer is what a receive would be judged by (sync/item-standing.ts).
 */
import * as v from 'valibot';
import { day, sha256, text } from './primitives.ts';

export const standingRequest = v.strictObject({
  /** Hash of the version. */
  item: sha256,
  /** Address of the release that the device works with. */
  release: v.nullable(text(80)),
});

export const standingResponse = v.strictObject({
  /** `expired`: it is not taken, and never was at this level. */
  is: v.picklist(['current', 'superseded', 'expired']),
  /** Last day on which it is taken; null where none is set. */
  until: v.nullable(day),
});
export type StandingResponse = v.InferOutput<typeof standingResponse>;
