/**
 * Sessions of county administrators (县管理员) at the county's pages, which are no devices: a name and a passphrase, then
 * an opaque cookie. Over after half an hour without a page, and after a working day in any case (ASVS 7.3). Who stops
 * being an administrator is out at the next page.
 */
import { instantMs, type Instant } from '#lib/domain/day.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { Kdf } from '#lib/protocol/auth.ts';
import { audit } from '../audit.ts';
import type { Office } from '../office.ts';
import { countGuess, secondsToWait, takeBack } from './guess-limit.ts';
import { deriveProof, isProof, newKdf } from './passphrase.ts';
import { newToken, tokenHash, tokenOf } from './tokens.ts';

const IDLE_MS = 30 * 60_000;
const LONGEST_MS = 9 * 3_600_000;
/** A page within this of the last one does not write to the database. */
const RENEW_MS = 5 * 60_000;
const LONGEST_NAME = 40;
/** Longer ones would cost the office more than they protect. */
const LONGEST_PASSPHRASE = 200;

export interface Admin {
  id: string;
  name: string;
  roles: Role[];
  county: { id: string; name: string };
}

export type AdminSignIn =
  | { is: 'in'; token: string; maxAgeSeconds: number }
  | { is: 'wrong' }
  | { is: 'disabled' }
  | { is: 'wait'; seconds: number };

const later = (now: Instant, ms: number): Instant => new Date(instantMs(now) + ms).toISOString();

/** The same answer, after the same work, for a name that is not there and a passphrase that is wrong. */
export async function signInAdmin(
  office: Office,
  { login, passphrase, ip }: { login: string; passphrase: string; ip: string },
): Promise<AdminSignIn> {
  const { store } = office;
  const now = office.clock.now();
  const trying = { what: 'adminPassphrase', ip, now } as const;
  // a passphrase is looked at outside the transaction, so its try is counted before
  const counted = await store.write(async (trx) => {
    const seconds = await secondsToWait(trx, trying);
    return seconds > 0 ? { seconds } : { id: await countGuess(trx, trying) };
  });
  if ('seconds' in counted) return { is: 'wait', seconds: counted.seconds };

  const fits = login.length <= LONGEST_NAME && passphrase.length <= LONGEST_PASSPHRASE;
  const person = fits
    ? await store.read((trx) =>
        trx
          .selectFrom('staff')
          .select(['id', 'kdf', 'proof_hash', 'status', 'roles', 'county'])
          .where('login', '=', login.trim())
          .executeTakeFirst(),
      )
    : undefined;
  const kdf = person?.kdf ? (JSON.parse(person.kdf) as Kdf) : newKdf();
  const proof = await deriveProof(fits ? passphrase : '', kdf);
  const right = await isProof(person?.proof_hash ?? null, proof);
  const isAdmin = person !== undefined && (JSON.parse(person.roles) as Role[]).includes('admin');
  if (!right || !isAdmin || person.county === null) {
    const who = person?.id ?? 'office';
    await store.write((trx) => audit(trx, now, [{ who, what: 'signInRefused', detail: { at: 'county' } }]));
    return { is: 'wrong' };
  }
  if (person.status === 'disabled') {
    await store.write((trx) => takeBack(trx, counted.id));
    return { is: 'disabled' };
  }

  const token = newToken();
  await store.write(async (trx) => {
    await takeBack(trx, counted.id);
    await trx
      .insertInto('admin_session')
      .values({
        token_hash: tokenHash(token),
        staff: person.id,
        expires_at: later(now, IDLE_MS),
        ends_at: later(now, LONGEST_MS),
      })
      .execute();
    await audit(trx, now, [{ who: person.id, what: 'signedIn', detail: { at: 'county' } }]);
  });
  return { is: 'in', token, maxAgeSeconds: LONGEST_MS / 1000 };
}

/** Who asks for a county page; null when nobody is signed in. Keeps the session going. */
export async function findAdmin(office: Office, request: Request): Promise<Admin | null> {
  const token = tokenOf(request, 'admin');
  if (token === null) return null;
  const now = office.clock.now();
  const token_hash = tokenHash(token);
  const row = await office.store.read((trx) =>
    trx
      .selectFrom('admin_session')
      .innerJoin('staff', 'staff.id', 'admin_session.staff')
      .innerJoin('county', 'county.id', 'staff.county')
      .select(['staff.id', 'staff.name', 'staff.roles', 'county.id as county', 'county.name as countyName'])
      .select(['admin_session.expires_at'])
      .where('token_hash', '=', token_hash)
      .where('expires_at', '>', now)
      .where('ends_at', '>', now)
      .where('staff.status', '=', 'active')
      .executeTakeFirst(),
  );
  const roles = row && (JSON.parse(row.roles) as Role[]);
  if (!row || !roles?.includes('admin')) return null;
  const expires_at = later(now, IDLE_MS);
  if (instantMs(expires_at) - instantMs(row.expires_at) > RENEW_MS) {
    await office.store.write((trx) =>
      trx
        .updateTable('admin_session')
        .set({ expires_at })
        .where('token_hash', '=', token_hash)
        .where('expires_at', '<', expires_at)
        .execute(),
    );
  }
  return { id: row.id, name: row.name, roles, county: { id: row.county, name: row.countyName } };
}

/** Ends the session at the office too, not only in the browser. */
export async function signOutAdmin(office: Office, request: Request): Promise<void> {
  const token = tokenOf(request, 'admin');
  if (token === null) return;
  await office.store.write((trx) =>
    trx.deleteFrom('admin_session').where('token_hash', '=', tokenHash(token)).execute(),
  );
}
