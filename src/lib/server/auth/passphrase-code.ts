/**
 * A person sets a passphrase of their own with a one-time code that the county's administrator made: so nobody else ever
 * knows it. What is on a device stays locked with the old one until its person has signed in there with the new.
 */
import { instantMs, type Instant } from '#lib/domain/day.ts';
import { audit } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import type { Office } from '../office.ts';
import { hashCode, newCode } from './codes.ts';
import { countGuess, secondsToWait } from './guess-limit.ts';
import { isLongEnough, keepPassphrase, passphraseRows } from './passphrase.ts';

/** A day: the person may be on the road to the village. */
const GOOD_MS = 24 * 3_600_000;
/** Longer ones would cost the office more than they protect. */
const LONGEST = 200;

/** Makes a code for a person who is in office; codes made before are void. */
export async function makePassphraseCode(
  trx: Trx,
  { staff, by, now }: { staff: string; by: string; now: Instant },
): Promise<{ code: string; expiresAt: Instant }> {
  const code = newCode();
  const expiresAt = new Date(instantMs(now) + GOOD_MS).toISOString();
  await trx.deleteFrom('passphrase_code').where('staff', '=', staff).execute();
  await trx
    .insertInto('passphrase_code')
    .values({ code_hash: hashCode(code), staff, created_by: by, expires_at: expiresAt })
    .execute();
  await audit(trx, now, [{ who: by, what: 'passphraseCodeMade', detail: { staff } }]);
  return { code, expiresAt };
}

export type PassphraseSet =
  | { is: 'set'; name: string }
  | { is: 'badCode' }
  | { is: 'short' }
  | { is: 'long' }
  | { is: 'wait'; seconds: number };

/** Wrong codes are limited by address and altogether. Signed-in sessions at the county's pages end with it. */
export async function usePassphraseCode(
  { store, clock }: Office,
  { code, passphrase, ip }: { code: string; passphrase: string; ip: string },
): Promise<PassphraseSet> {
  if (!isLongEnough(passphrase)) return { is: 'short' };
  if (passphrase.length > LONGEST) return { is: 'long' };
  const now = clock.now();
  const trying = { what: 'passphraseCode', ip, now } as const;
  const code_hash = hashCode(code);
  const open = await store.write(async (trx): Promise<boolean | number> => {
    const seconds = await secondsToWait(trx, trying);
    if (seconds > 0) return seconds;
    const row = await trx
      .selectFrom('passphrase_code')
      .select('staff')
      .where('code_hash', '=', code_hash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (row) return true;
    await countGuess(trx, trying);
    await audit(trx, now, [{ who: 'office', what: 'passphraseCodeRefused', detail: {} }]);
    return false;
  });
  if (open === false) return { is: 'badCode' };
  if (open !== true) return { is: 'wait', seconds: open };

  // takes its time, so outside of any transaction
  const kept = await passphraseRows(passphrase);
  return store.write(async (trx): Promise<PassphraseSet> => {
    const used = await trx
      .updateTable('passphrase_code')
      .set({ used_at: now })
      .where('code_hash', '=', code_hash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('staff')
      .executeTakeFirst();
    const person =
      used &&
      (await trx
        .selectFrom('staff')
        .select('name')
        .where('id', '=', used.staff)
        .where('status', '=', 'active')
        .executeTakeFirst());
    if (!used || !person) return { is: 'badCode' };
    await keepPassphrase(trx, { staff: used.staff, kept, by: used.staff, now });
    await trx.deleteFrom('admin_session').where('staff', '=', used.staff).execute();
    return { is: 'set', name: person.name };
  });
}
