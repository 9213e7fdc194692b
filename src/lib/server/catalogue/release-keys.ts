/**
 * The keys that a county signs its releases with. Devices of the county pin two: the one that signs and the one that
 * signs next, so that a key can be replaced without touching a device (design security.md, forged catalogue).
 */
import { fromBase64url, toBase64url } from '#lib/catalogue/hash.ts';
import { createPublisherKey, type PublisherKey } from '#lib/catalogue/publish/sign.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Trx } from '../db/dialect.ts';
import type { ReleaseKeyTable } from '../db/schema.ts';

/** A first pair of keys for a county: `active` and `spare`, not stored yet. */
export async function createCountyKeys(county: string, now: Instant): Promise<ReleaseKeyTable[]> {
  const standings = ['active', 'spare'] as const;
  return Promise.all(
    standings.map(async (standing, index) => {
      const key = await createPublisherKey();
      return {
        id: `${county}.${index + 1}`,
        county,
        standing,
        public_key: toBase64url(pointOf(key.publicKey)),
        private_jwk: JSON.stringify(key.privateKey),
        created_at: now,
      };
    }),
  );
}

export interface SigningKey {
  id: string;
  privateKey: PublisherKey['privateKey'];
}

/** The key that signs now; null when the county has none here (its private half may be kept elsewhere). */
export async function signingKey(trx: Trx, county: string): Promise<SigningKey | null> {
  const row = await trx
    .selectFrom('release_key')
    .select(['id', 'private_jwk'])
    .where('county', '=', county)
    .where('standing', '=', 'active')
    .executeTakeFirst();
  return row?.private_jwk ? { id: row.id, privateKey: JSON.parse(row.private_jwk) as JsonWebKey } : null;
}

/** Public keys that a device of this county pins at enrolment, base64url of the raw point, the signing one first. */
export async function pinnedKeys(trx: Trx, county: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('release_key')
    .select('public_key')
    .where('county', '=', county)
    .where('standing', '!=', 'retired')
    .orderBy('standing')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.public_key);
}

/** Uncompressed point of a P-256 public key: 4 ‖ x ‖ y. */
function pointOf({ x, y }: JsonWebKey): Uint8Array {
  const [left, right] = [fromBase64url(x ?? ''), fromBase64url(y ?? '')];
  if (left?.length !== 32 || right?.length !== 32) throw new TypeError('not a P-256 public key');
  return Uint8Array.of(4, ...left, ...right);
}
