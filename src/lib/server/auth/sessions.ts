/**
 * Sessions of devices: a device answers a challenge with its own key and gets a short opaque cookie. Nobody has to sign
 * in for it, so a queue drains whoever sits there. A revoked device may still hand over its work, and gets nothing.
 */
import { LIMITS } from '#lib/protocol/limits.ts';
import { challengeMessage } from '#lib/protocol/chain.ts';
import { challengeRequest, sessionRequest } from '#lib/protocol/auth.ts';
import { instantMs } from '#lib/domain/day.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import { audit } from '../audit.ts';
import { answering, type Call } from '../call.ts';
import type { Trx } from '../db/dialect.ts';
import { prepared } from '../db/prepared.ts';
import { errorAnswer, jsonAnswer } from '../http/answers.ts';
import { readAs } from '../http/read-json.ts';
import type { Office } from '../office.ts';
import type { Contacts } from '../sync/contact.ts';
import { isOwnChallenge, newChallenge, spendChallenge } from './challenge.ts';
import { verifyP256 } from './p256.ts';
import { newDeviceToken, tokenCookie, tokenHash, tokenOf } from './tokens.ts';

export interface DeviceSession {
  access: 'full' | 'pushOnly';
  device: Contacts & { number: string };
  site: {
    id: string;
    code: string;
    path: string;
    county: string;
    township: string;
    level: SiteLevel;
    reach: string | null;
    /** Site whose people work on this device: where its own was merged into, else its own. */
    peopleAt: string;
  };
}

const later = (now: string, ms: number): string => new Date(instantMs(now) + ms).toISOString();

const sessionByToken = prepared((trx, tokenHash: string, now: string) =>
  trx
    .selectFrom('session')
    .innerJoin('device', 'device.id', 'session.device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['session.access', 'device.id', 'device.number', 'device.status', 'device.last_contact'])
    .select(['device.drained_at', 'device.release', 'device.scope'])
    .select(['site.id as site', 'site.code', 'site.path', 'site.county', 'site.township', 'site.level'])
    .select(['site.reach', 'site.merged_into'])
    .where('session.token_hash', '=', tokenHash)
    .where('session.expires_at', '>', now),
);

/** The device session of a request; null when there is none, or it is over. */
export async function findSession(office: Office, request: Request): Promise<DeviceSession | null> {
  const token = tokenOf(request, 'device');
  if (token === null) return null;
  const now = office.clock.now();
  const [row] = await office.store.readOne((trx) => sessionByToken(trx, tokenHash(token), now));
  if (!row) return null;
  const { access, status, site, code, path, county, township, level, reach, merged_into, ...device } = row;
  return {
    // revoked after it opened its session
    access: status === 'revoked' ? 'pushOnly' : access,
    device,
    site: {
      id: site,
      code,
      path,
      level,
      reach,
      peopleAt: merged_into ?? site,
      county: county ?? '',
      township: township ?? '',
    },
  };
}

export const handleChallenge = answering('challenge', async ({ office, request }: Call) => {
  const read = await readAs(request, challengeRequest);
  if (!read.ok) return errorAnswer(read.error);
  const now = office.clock.now();
  const expiresAt = later(now, LIMITS.challenge * 1000);
  const challenge = await newChallenge(office.store, read.value.device, expiresAt);
  return jsonAnswer({ challenge, expiresAt }, request);
});

export const handleSession = answering('session', async ({ office, request }: Call) => {
  const read = await readAs(request, sessionRequest);
  if (!read.ok) return errorAnswer(read.error);
  const { device: id, challenge, signature } = read.value;
  const now = office.clock.now();
  if (!(await isOwnChallenge(office.store, id, challenge, now))) return errorAnswer('noSession');
  const device = await office.store.read((trx) =>
    trx.selectFrom('device').select(['public_key', 'status']).where('id', '=', id).executeTakeFirst(),
  );
  const message = challengeMessage(id, challenge);
  if (!device || !verifyP256(device.public_key, message, signature)) {
    await office.store.write((trx) => audit(trx, now, [{ who: id, what: 'sessionRefused', detail: {} }]));
    return errorAnswer('unknownDevice');
  }

  const access = device.status === 'revoked' ? 'pushOnly' : 'full';
  const token = newDeviceToken();
  const expiresAt = later(now, LIMITS.session * 3_600_000);
  const opened = await office.store.write(async (trx) => {
    if (!(await spendChallenge(trx, challenge, now))) return false;
    await trx
      .insertInto('session')
      .values({ token_hash: tokenHash(token), device: id, access, expires_at: expiresAt })
      .execute();
    return true;
  });
  if (!opened) return errorAnswer('noSession');
  const cookie = tokenCookie(request, 'device', token, LIMITS.session * 3600);
  return jsonAnswer({ access, expiresAt }, request, { 'set-cookie': cookie });
});

/** Removes what has run out. */
export async function purgeSessions(trx: Trx, now: string): Promise<void> {
  await trx.deleteFrom('session').where('expires_at', '<=', now).execute();
  await trx.deleteFrom('admin_session').where('expires_at', '<=', now).execute();
  await trx.deleteFrom('used_challenge').where('expires_at', '<=', now).execute();
  await trx.deleteFrom('passphrase_code').where('expires_at', '<=', now).execute();
}
