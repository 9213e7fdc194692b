/**
 * Enrolling this device and signing staff in, as the pages of (device) need it. Runs in the page (Argon2id stays out of
 * the worker). What the office gives is kept through client/store, so all of it works offline from the second time on.
 * Outcomes are values; the page has the words.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import {
  enrolResponse,
  signInResponse,
  staffResponse,
  type Kdf,
  type StaffTile,
} from '#lib/protocol/auth.ts';
import {
  keepStaffKeys,
  readDevice,
  readStaff,
  readTiles,
  saveDevice,
  saveSiteNames,
  saveStaff,
  saveTiles,
  type DeviceRecord,
  type StaffRecord,
} from '../store/device.ts';
import type { Store } from '../store/open-database.ts';
import type { WriteFailure } from '../store/write.ts';
import { createWrap, openWrap } from '../vault/device-key.ts';
import { createSigningKeys, publicKeyText } from '../vault/keys.ts';
import { deriveKeys, type PassphraseKeys } from '../vault/passphrase.ts';
import { readJson, type Http, type HttpReply } from './http.ts';
import { openSession } from './session.ts';

export interface EnrolmentPorts {
  store: Store;
  http: Http;
  /** Device time in ISO. */
  now: () => Instant;
}

/** `busy`: the office is not ready or asks to slow down. `refused`: its own reason, see protocol/errors.ts. */
export type OfficeFailure =
  | { is: 'offline' }
  | { is: 'busy'; afterMs: number | null }
  | { is: 'refused'; error: ErrorCode }
  | { is: 'writeFailed'; why: WriteFailure };

const TIMEOUT_MS = 20_000;

/** Enrols with the one-time code as typed. Code and name are checked by the office. */
export async function enrol(
  { store, http, now }: EnrolmentPorts,
  code: string,
  name: string,
): Promise<{ is: 'enrolled'; device: DeviceRecord } | OfficeFailure> {
  const keys = await createSigningKeys();
  const body = { code, name, publicKey: await publicKeyText(keys) };
  const reply = await http({ method: 'POST', path: '/api/auth/enrol', body, timeoutMs: TIMEOUT_MS });
  if (reply.is !== 'ok') return failureOf(reply);
  const given = readJson(enrolResponse, reply);
  if (!given) return { is: 'offline' };
  const device: DeviceRecord = { ...given, name, keys, enrolledAt: now() };
  const saved = await saveDevice(store, device);
  return saved.ok ? { is: 'enrolled', device } : { is: 'writeFailed', why: saved.why };
}

/** Tiles of the sign-in page, from the office when it can be reached, else as last seen. */
export async function fetchStaff({
  store,
  http,
}: EnrolmentPorts): Promise<{ staff: StaffTile[]; fresh: boolean }> {
  const reply = await withSession({ store, http }, () =>
    http({ method: 'GET', path: '/api/auth/staff', timeoutMs: TIMEOUT_MS }),
  );
  const given = reply.is === 'ok' ? readJson(staffResponse, reply) : null;
  if (!given) return { staff: await readTiles(store), fresh: false };
  await saveTiles(store, given.staff);
  await saveSiteNames(store, given.sites);
  return { staff: given.staff, fresh: true };
}

export type SignIn =
  /** `confirmation` settles later when the office was not needed: a colleague may have been disabled meanwhile. */
  | {
      is: 'signedIn';
      staff: StaffRecord;
      confirmation: Promise<'confirmed' | OfficeFailure | { is: 'wrong' }>;
    }
  | { is: 'wrong' }
  /** First time on this device and the office cannot be reached. */
  | { is: 'needsOffice' }
  | { is: 'notEnrolled' }
  /** The person is not on the list of this site. */
  | { is: 'unknown' }
  | OfficeFailure;

/**
 * Signs in. Who has been here before is let in by unwrapping their key, offline as well; the office is asked beside it. A
 * first time, or a passphrase changed elsewhere, needs the office.
 */
export async function signIn(ports: EnrolmentPorts, staffId: string, passphrase: string): Promise<SignIn> {
  const { store } = ports;
  const device = await readDevice(store);
  if (!device) return { is: 'notEnrolled' };
  const kept = await readStaff(store, staffId);
  const tile = (await readTiles(store)).find(({ id }) => id === staffId);
  const kdf = kept?.kdf ?? tile?.kdf;
  if (!kdf) return { is: 'unknown' };

  const derived = await deriveKeys(passphrase, kdf);
  const holder = { device: device.device, staff: staffId };
  if (kept && (await openWrap(kept.wrap, derived.wrap, holder))) {
    const confirmation = confirm(ports, device, staffId, kept, kept.kdf, derived).then((it) =>
      it.is === 'signedIn' ? ('confirmed' as const) : it,
    );
    return { is: 'signedIn', staff: kept, confirmation };
  }
  // a changed passphrase has a salt of its own
  const current = tile && kept && tile.kdf.salt !== kept.kdf.salt ? tile.kdf : kdf;
  const fresh = current === kdf ? derived : await deriveKeys(passphrase, current);
  const answer = await confirm(ports, device, staffId, kept, current, fresh);
  if (answer.is === 'signedIn') {
    return { ...answer, confirmation: Promise.resolve('confirmed') };
  }
  if (answer.is === 'offline') return kept ? { is: 'wrong' } : { is: 'needsOffice' };
  return answer;
}

/** Proves the passphrase to the office and keeps what it says: name, roles, the registered key, a wrap. */
async function confirm(
  { store, http, now }: EnrolmentPorts,
  device: DeviceRecord,
  staffId: string,
  kept: StaffRecord | null,
  kdf: Kdf,
  derived: PassphraseKeys,
): Promise<{ is: 'signedIn'; staff: StaffRecord } | { is: 'wrong' } | OfficeFailure> {
  // kept before it is registered: two tabs, or a failure on the way, never leave the office with another key
  const keys = await keepStaffKeys(store, staffId, await createSigningKeys());
  if (!keys.ok) return { is: 'writeFailed', why: keys.why };
  const body = { staff: staffId, proof: derived.proof, publicKey: await publicKeyText(keys.value) };
  const reply = await withSession({ store, http }, () =>
    http({ method: 'POST', path: '/api/auth/sign-in', body, timeoutMs: TIMEOUT_MS }),
  );
  if (reply.is === 'error' && reply.error === 'badProof') return { is: 'wrong' };
  if (reply.is !== 'ok') return failureOf(reply);
  const given = readJson(signInResponse, reply)?.staff;
  if (given?.id !== staffId) return { is: 'offline' };

  const holder = { device: device.device, staff: staffId };
  const stands = kept !== null && (await openWrap(kept.wrap, derived.wrap, holder)) !== null;
  const wrap = stands ? kept.wrap : await createWrap(derived.wrap, holder);
  const staff: StaffRecord = { ...given, keys: keys.value, kdf, wrap, confirmedAt: now() };
  const saved = await saveStaff(store, staff);
  return saved.ok ? { is: 'signedIn', staff } : { is: 'writeFailed', why: saved.why };
}

/** Runs a request; when the session is over, opens one with the device's key and runs it once more. */
async function withSession(
  { store, http }: Pick<EnrolmentPorts, 'store' | 'http'>,
  send: () => Promise<HttpReply>,
): Promise<HttpReply> {
  const first = await send();
  if (first.is !== 'error' || first.status !== 401) return first;
  const session = await openSession(http, await readDevice(store));
  return session.is === 'open' ? send() : first;
}

function failureOf(reply: Exclude<HttpReply, { is: 'ok' }>): OfficeFailure {
  if (reply.is !== 'error') return { is: 'offline' };
  if (reply.status === 429 || reply.status >= 500 || reply.error === null) {
    return { is: 'busy', afterMs: reply.afterMs };
  }
  return { is: 'refused', error: reply.error };
}
