import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromBase64url } from '#lib/catalogue/hash.ts';
import { challengeMessage, P256, SIGNING } from '#lib/protocol/chain.ts';
import { ERRORS, type ErrorCode } from '#lib/protocol/errors.ts';
import type { StaffTile } from '#lib/protocol/auth.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { deviceRecord, dropStore, freshName, KDF } from '../../../../tests/support/device-store.ts';
import { readDevice, readStaff, readTiles } from '../store/device.ts';
import { openStore, type Store } from '../store/open-database.ts';
import { publicKeyText } from '../vault/keys.ts';
import { deriveKeys } from '../vault/passphrase.ts';
import { enrol, fetchStaff, signIn, type EnrolmentPorts } from './enrolment.ts';
import type { Http, HttpReply } from './http.ts';

const PASSPHRASE = '村口的老槐树2026';
const tile: StaffTile = { id: 'p-agent', name: '赵示范', roles: ['agent'], kdf: KDF };

let store: Store;
let ports: EnrolmentPorts;
let online: boolean;
let refusal: ErrorCode | null;
/** What the office of this test keeps. */
let office: { deviceKey: string; proof: string; registered: string[]; session: boolean; tile: StaffTile };

const ok = (value: unknown): HttpReply => ({
  is: 'ok',
  bytes: new TextEncoder().encode(JSON.stringify(value)),
  headers: new Headers({ 'content-type': 'application/json' }),
  sentBytes: 0,
});
const error = (code: ErrorCode): HttpReply => ({
  is: 'error',
  status: ERRORS[code],
  error: code,
  afterMs: null,
});

const http: Http = async ({ path, body }) => {
  if (!online) return { is: 'offline' };
  if (refusal) return error(refusal);
  const sent = body as Record<string, string>;
  switch (path) {
    case '/api/auth/enrol': {
      office.deviceKey = sent.publicKey!;
      const { device, number, site, releaseKeys, contact } = await deviceRecord();
      return sent.code === 'ABCD-EFGH'
        ? ok({ device, number, site, releaseKeys, contact })
        : error('badCode');
    }
    case '/api/auth/challenge':
      return ok({ challenge: 'Y2hhbGxlbmdl', expiresAt: NOW });
    case '/api/auth/session': {
      const key = await crypto.subtle.importKey('raw', fromBase64url(office.deviceKey)!, P256, false, [
        'verify',
      ]);
      const message = challengeMessage(sent.device!, sent.challenge!);
      office.session = await crypto.subtle.verify(SIGNING, key, fromBase64url(sent.signature!)!, message);
      return office.session ? ok({ access: 'full', expiresAt: NOW }) : error('unknownDevice');
    }
    case '/api/auth/staff':
      return office.session ? ok({ staff: [office.tile], sites: [] }) : error('noSession');
    default: {
      if (!office.session) return error('noSession');
      if (sent.proof !== office.proof) return error('badProof');
      office.registered.push(sent.publicKey!);
      return ok({ staff: { id: tile.id, name: tile.name, roles: tile.roles, department: null } });
    }
  }
};

beforeEach(async () => {
  store = await openStore(freshName());
  ports = { store, http, now: () => NOW };
  online = true;
  refusal = null;
  const { proof } = await deriveKeys(PASSPHRASE, KDF);
  office = { deviceKey: '', proof, registered: [], session: false, tile };
});
afterEach(() => dropStore(store));

const begin = async (): Promise<void> => {
  expect((await enrol(ports, 'ABCD-EFGH', '窗口一')).is).toBe('enrolled');
  expect(await fetchStaff(ports)).toEqual({ staff: [tile], fresh: true });
};

describe('enrolling', () => {
  test('the device keeps its key, opens a session with it, and the key cannot be taken out', async () => {
    await begin();
    const device = (await readDevice(store))!;
    expect(device.keys.privateKey.extractable).toBe(false);
    expect(await publicKeyText(device.keys)).toBe(office.deviceKey);
    expect(office.session).toBe(true);
  });

  test('a wrong code is the office’s answer; without a line it is offline; nothing is kept', async () => {
    expect(await enrol(ports, 'WRONG', 'x')).toEqual({ is: 'refused', error: 'badCode' });
    online = false;
    expect(await enrol(ports, 'ABCD-EFGH', 'x')).toEqual({ is: 'offline' });
    expect(await readDevice(store)).toBe(null);
  });

  test('offline the tiles of last time are shown', async () => {
    await begin();
    online = false;
    expect(await fetchStaff(ports)).toEqual({ staff: [tile], fresh: false });
    expect(await readTiles(store)).toEqual([tile]);
  });
});

describe('signing in', () => {
  test('the first time needs the office and registers a key', async () => {
    await begin();
    online = false;
    expect(await signIn(ports, tile.id, PASSPHRASE)).toEqual({ is: 'needsOffice' });
    online = true;
    expect(await signIn(ports, tile.id, PASSPHRASE)).toMatchObject({
      is: 'signedIn',
      staff: { id: tile.id },
    });
    const kept = (await readStaff(store, tile.id))!;
    expect(office.registered).toEqual([await publicKeyText(kept.keys)]);
  });

  test('later it works offline, only with the right passphrase', async () => {
    await begin();
    await signIn(ports, tile.id, PASSPHRASE);
    online = false;
    const result = await signIn(ports, tile.id, PASSPHRASE);
    expect(result.is).toBe('signedIn');
    expect(await (result as Extract<typeof result, { is: 'signedIn' }>).confirmation).toEqual({
      is: 'offline',
    });
    expect(await signIn(ports, tile.id, '另一个口令')).toEqual({ is: 'wrong' });
  });

  test('the key of a person stays the same over sign-ins, also of two tabs at once', async () => {
    await begin();
    await Promise.all([signIn(ports, tile.id, PASSPHRASE), signIn(ports, tile.id, PASSPHRASE)]);
    await signIn(ports, tile.id, PASSPHRASE);
    expect(new Set(office.registered).size).toBe(1);
  });

  test('a passphrase changed elsewhere opens with the office, and from then on offline', async () => {
    await begin();
    await signIn(ports, tile.id, PASSPHRASE);
    const changed = { ...KDF, salt: 'bmV3c2FsdG5ld3NhbHQ' };
    office.tile = { ...tile, kdf: changed };
    office.proof = (await deriveKeys('新的口令新的口令', changed)).proof;
    await fetchStaff(ports);
    expect((await signIn(ports, tile.id, '新的口令新的口令')).is).toBe('signedIn');
    online = false;
    expect((await signIn(ports, tile.id, '新的口令新的口令')).is).toBe('signedIn');
    expect(await signIn(ports, tile.id, PASSPHRASE)).toEqual({ is: 'wrong' });
  });

  test('who was disabled meanwhile is let in by the device and told by the office', async () => {
    await begin();
    await signIn(ports, tile.id, PASSPHRASE);
    refusal = 'staffDisabled';
    const result = await signIn(ports, tile.id, PASSPHRASE);
    expect(result.is).toBe('signedIn');
    const { confirmation } = result as Extract<typeof result, { is: 'signedIn' }>;
    expect(await confirmation).toEqual({ is: 'refused', error: 'staffDisabled' });
  });

  test('somebody who is not on the list, and a device that is not enrolled', async () => {
    expect(await signIn(ports, tile.id, PASSPHRASE)).toEqual({ is: 'notEnrolled' });
    await begin();
    expect(await signIn(ports, 'p-nobody', PASSPHRASE)).toEqual({ is: 'unknown' });
  });
});
