/** Enrolling a device, opening its session and signing staff in (POST /api/auth/…). Every body is JSON. */
import * as v from 'valibot';
import { ROLES } from '#lib/domain/roles.ts';
import { base64url, count, instant, publicKey, shortId, signature, text } from './primitives.ts';

/** One-time code as read aloud: 8 characters without look-alikes, in two groups. Case, spaces and dashes do not count. */
export const enrolRequest = v.strictObject({ code: text(40), publicKey, name: text(100) });

export const site = v.strictObject({
  id: shortId,
  /** 12-digit statistical code. */
  code: v.pipe(v.string(), v.regex(/^\d{12}$/)),
  name: text(100),
  /** Township and village together, as people say it. */
  fullName: text(200),
  level: v.picklist(['county', 'township', 'subdistrict', 'village']),
  /** Managing path: ids from the city down, each followed by a slash. */
  path: text(200),
});
export type WireSite = v.InferOutput<typeof site>;

export const enrolResponse = v.strictObject({
  device: shortId,
  /** Three digits, never used twice at a site: part of every receipt number. */
  number: v.pipe(v.string(), v.regex(/^\d{3}$/)),
  site,
  /** Keys that a release may be signed with; pinned at enrolment. */
  releaseKeys: v.array(publicKey),
  /** Township counter and supervision telephone numbers, for papers. */
  contact: v.strictObject({ organ: text(100), phone: text(40), supervision: text(40) }),
});
export type EnrolResponse = v.InferOutput<typeof enrolResponse>;

export const challengeRequest = v.strictObject({ device: shortId });
export const challengeResponse = v.strictObject({ challenge: base64url(64), expiresAt: instant });
export const sessionRequest = v.strictObject({ device: shortId, challenge: base64url(64), signature });
/** `pushOnly`: the device was revoked; its work is taken and judged by people, nothing goes down. */
export const sessionResponse = v.strictObject({
  access: v.picklist(['full', 'pushOnly']),
  expiresAt: instant,
});

/** Argon2id parameters of a person's passphrase: memory in KiB. Floor m=19456, t=2 (design security.md). */
export const kdf = v.strictObject({ salt: base64url(64), memory: count, passes: count, lanes: count });
export type Kdf = v.InferOutput<typeof kdf>;

/** Tiles of the sign-in page, without identity data; and the names of sites. */
export const staffResponse = v.strictObject({
  staff: v.array(v.strictObject({ id: shortId, name: text(100), roles: v.array(v.picklist(ROLES)), kdf })),
  /** The sites whose applications come to this device, by name: itself, and a township's villages. */
  sites: v.array(v.strictObject({ id: shortId, name: text(100) })),
});
export type StaffTile = v.InferOutput<typeof staffResponse>['staff'][number];
export type SiteName = v.InferOutput<typeof staffResponse>['sites'][number];

export const signInRequest = v.strictObject({
  staff: shortId,
  /** HKDF half of the passphrase's Argon2id hash: proves to the office, unlocks nothing on the device. */
  proof: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/)),
  /** This person's key on this device: vouches for their commands. */
  publicKey,
});
export const signInResponse = v.strictObject({
  staff: v.strictObject({
    id: shortId,
    name: text(100),
    roles: v.array(v.picklist(ROLES)),
    department: v.nullable(text(100)),
  }),
});
export type SignedInStaff = v.InferOutput<typeof signInResponse>['staff'];
