/**
 * Signing in on a device: the tiles of its site's people, and the proof of a passphrase. It registers the person's key,
 * which vouches for their commands from then on. Guessing is slowed person by person, also across devices.
 */
import { instantMs, type Instant } from '#lib/domain/day.ts';
import type { Role } from '#lib/domain/roles.ts';
import { signInRequest, type Kdf, type StaffTile } from '#lib/protocol/auth.ts';
import { audit } from '../audit.ts';
import { answering, type Call } from '../call.ts';
import { lockRows } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { readAs } from '../http/read-json.ts';
import { isPublicKey } from './p256.ts';
import { isProof } from './passphrase.ts';
import { findSession } from './sessions.ts';

/** Wrong tries that cost nothing; each further one doubles the wait from five seconds to a quarter of an hour. */
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

const waitAfter = (failures: number): number =>
  failures <= FREE_TRIES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES - 1), LONGEST_WAIT_MS);

/** GET /api/auth/staff */
export const handleStaff = answering('staff', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const rows = await office.store.read((trx) =>
    trx
      .selectFrom('staff')
      .select(['id', 'name', 'roles', 'kdf'])
      .where('site', '=', session.site.peopleAt)
      .where('status', '=', 'active')
      .where('kdf', 'is not', null)
      .orderBy('id')
      .execute(),
  );
  const staff = rows.map(({ id, name, roles, kdf }): StaffTile => {
    return { id, name, roles: JSON.parse(roles) as Role[], kdf: JSON.parse(kdf ?? '') as Kdf };
  });
  const sites = await office.store.read((trx) =>
    trx
      .selectFrom('site')
      .select(['id', 'name'])
      .where('path', 'like', `${session.site.path}%`)
      .orderBy('id')
      .execute(),
  );
  return jsonAnswer({ staff, sites }, request);
});

/**
 * Counts a try before it is looked at, so that a hundred at once are a hundred tries. Returns milliseconds to wait: 0
 * means that this try is taken.
 */
function countTry(
  store: Store,
  { staff, site }: { staff: string; site: string },
  now: Instant,
): Promise<number> {
  return store.write(async (trx) => {
    const query = trx
      .selectFrom('staff')
      .select(['failures', 'retry_at'])
      .where('id', '=', staff)
      // nobody can lock out the people of another site
      .where('site', '=', site);
    const row = await lockRows(trx, query).executeTakeFirst();
    if (!row) return 0;
    const left = row.retry_at === null ? 0 : instantMs(row.retry_at) - instantMs(now);
    if (left > 0) return left;
    const failures = row.failures + 1;
    const retry_at = new Date(instantMs(now) + waitAfter(failures)).toISOString();
    await trx.updateTable('staff').set({ failures, retry_at }).where('id', '=', staff).execute();
    return 0;
  });
}

/** POST /api/auth/sign-in */
export const handleSignIn = answering('sign-in', async ({ office, request }: Call) => {
  const session = await findSession(office, request);
  if (session === null) return errorAnswer('noSession');
  if (session.access === 'pushOnly') return errorAnswer('unknownDevice');
  const read = await readAs(request, signInRequest);
  if (!read.ok) return errorAnswer(read.error);
  const { staff: id, proof, publicKey } = read.value;
  if (!isPublicKey(publicKey)) return errorAnswer('malformed');

  const { store, clock } = office;
  const now = clock.now();
  const wait = await countTry(store, { staff: id, site: session.site.peopleAt }, now);
  if (wait > 0) return errorAnswer('tooMany', Math.ceil(wait / 1000));
  const person = await store.read((trx) =>
    trx
      .selectFrom('staff')
      .selectAll()
      .where('id', '=', id)
      .where('site', '=', session.site.peopleAt)
      .executeTakeFirst(),
  );
  const { device } = session;
  if (!(await isProof(person?.proof_hash ?? null, proof)) || !person) {
    const line = { who: id, what: 'signInRefused', detail: { device: device.id } } as const;
    await store.write((trx) => audit(trx, now, [line]));
    return errorAnswer('badProof');
  }
  if (person.status === 'disabled') return errorAnswer('staffDisabled');
  await store.write(async (trx) => {
    await trx.updateTable('staff').set({ failures: 0, retry_at: null }).where('id', '=', id).execute();
    await trx
      .insertInto('staff_key')
      .values({ device: device.id, staff: id, public_key: publicKey, registered_at: now })
      .onConflict((on) => on.columns(['device', 'staff', 'public_key']).doNothing())
      .execute();
    await audit(trx, now, [{ who: id, what: 'signedIn', detail: { device: device.id } }]);
  });
  const { name, department } = person;
  return jsonAnswer({ staff: { id, name, roles: JSON.parse(person.roles) as Role[], department } }, request);
});
