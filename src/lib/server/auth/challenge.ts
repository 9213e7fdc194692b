/**
 * Challenges for devices. Nothing is stored when one is made: it carries its end and the office's seal, and only one that
 * was answered is remembered, until it runs out. So each is good once, and asking costs the office no memory.
 *   12 random bytes ‖ end as seconds, 4 bytes ‖ HMAC-SHA-256 over device and both, 24 bytes; base64url
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { instantMs, type Instant } from '#lib/domain/day.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';

const SEAL = 'challenge';
const HEAD = 16;
const LENGTH = 40;

async function sealKey(store: Store): Promise<string> {
  const find = (trx: Trx) =>
    trx.selectFrom('secret').select('value').where('name', '=', SEAL).executeTakeFirst();
  const found = await store.read(find);
  if (found) return found.value;
  return store.write(async (trx) => {
    const value = randomBytes(32).toString('base64url');
    await trx
      .insertInto('secret')
      .values({ name: SEAL, value })
      .onConflict((on) => on.column('name').doNothing())
      .execute();
    return (await find(trx))!.value;
  });
}

const seal = (key: string, device: string, head: Uint8Array): Buffer =>
  createHmac('sha256', key)
    .update(head)
    .update(device)
    .digest()
    .subarray(0, LENGTH - HEAD);

export async function newChallenge(store: Store, device: string, expiresAt: Instant): Promise<string> {
  const end = Buffer.alloc(4);
  end.writeUInt32BE(Math.floor(instantMs(expiresAt) / 1000));
  const head = Buffer.concat([randomBytes(12), end]);
  return Buffer.concat([head, seal(await sealKey(store), device, head)]).toString('base64url');
}

/** Whether this office made it for this device, and it has not run out. */
export async function isOwnChallenge(
  store: Store,
  device: string,
  challenge: string,
  now: Instant,
): Promise<boolean> {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== LENGTH || bytes.toString('base64url') !== challenge) return false;
  const head = bytes.subarray(0, HEAD);
  const own = timingSafeEqual(seal(await sealKey(store), device, head), bytes.subarray(HEAD));
  return own && head.readUInt32BE(12) * 1000 > instantMs(now);
}

/** Uses it up; false when it was used before. */
export async function spendChallenge(trx: Trx, challenge: string, now: Instant): Promise<boolean> {
  const expires_at = new Date(instantMs(now) + 600_000).toISOString();
  const spent = await trx
    .insertInto('used_challenge')
    .values({ challenge_hash: createHash('sha256').update(challenge).digest('hex'), expires_at })
    .onConflict((on) => on.column('challenge_hash').doNothing())
    .returning('challenge_hash')
    .executeTakeFirst();
  return spent !== undefined;
}
