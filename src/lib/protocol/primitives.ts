/** The small schemas that the wire is made of. Strings are checked for shape and length before anything else sees them. */
import * as v from 'valibot';
import { isDay, isInstant } from '#lib/domain/day.ts';

export const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
);
export const uuidV7 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
);
/** 64 lower-case hex digits of a SHA-256. */
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A feed's running hash, first 8 bytes in hex; '' before the first event. */
export const mark = v.pipe(v.string(), v.regex(/^([0-9a-f]{16})?$/));
export const base64url = (max: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(max));
/** A P-256 public key: 65 bytes, uncompressed point. */
export const publicKey = v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/));
/** An ECDSA P-256 signature: 64 bytes, r ‖ s. */
export const signature = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export const day = v.pipe(
  v.string(),
  v.check((text) => isDay(text)),
);
export const instant = v.pipe(
  v.string(),
  v.check((text) => isInstant(text)),
);
/** Ids of devices, staff and sites: short, printable, ours. */
export const shortId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,40}$/));
export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
