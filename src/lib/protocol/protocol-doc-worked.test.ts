/** The worked examples of docs/protocol.md, worked out again: bytes, hashes, heads, signatures, proof, check digit. */
import { hkdfSync } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { canonicalBytes, canonicalJson } from '#lib/catalogue/canonical.ts';
import { packRows, unpackRows, type Table } from '#lib/catalogue/columns.ts';
import { fromBase64url, sha256Hex, toHex } from '#lib/catalogue/hash.ts';
import { applyPatch } from '#lib/catalogue/patch.ts';
import { difference } from '#lib/catalogue/publish/diff.ts';
import { verifyManifest } from '#lib/catalogue/verify.ts';
import { TABLE_ROWS } from '#lib/domain/answers.ts';
import { readBankCard } from '#lib/domain/bank-card.ts';
import { luhn } from '#lib/domain/check-digit.ts';
import { readIdNumber } from '#lib/domain/identity.ts';
import { readPhone } from '#lib/domain/phone.ts';
import { buildReceiptNumber, formatReceiptNumber, SERIAL_LIMIT } from '#lib/domain/receipt-number.ts';
import { MAX_POINTS, MAX_STROKES } from '#lib/domain/signature.ts';
import { bare, block, table, worked } from '../../../tests/support/protocol-doc.ts';
import type { EnrolResponse, Kdf } from './auth.ts';
import { challengeMessage, FIRST_HEAD, nextHead, P256, runMessage, SIGNING } from './chain.ts';
import type { Run, WireCommand } from './command.ts';
import { commandBodies } from './command-bodies.ts';

const json = <T>(key: string, value: string): T => JSON.parse(block(key, value)) as T;
const utf8 = (text: string) => new TextEncoder().encode(text);

async function verifies(publicKey: string, message: Uint8Array<ArrayBuffer>, signature: string) {
  const key = await crypto.subtle.importKey('raw', fromBase64url(publicKey)!, P256, false, ['verify']);
  return crypto.subtle.verify(SIGNING, key, fromBase64url(signature)!, message);
}

it('canonical JSON: the bytes and their SHA-256', async () => {
  const text = block('canonical', 'bytes');
  expect(canonicalJson(json('canonical', 'source'))).toBe(text);
  expect(await sha256Hex(utf8(text))).toBe(worked(/and their SHA-256 is `([0-9a-f]{64})`/));
});

it('passphrase: secret and proof', async () => {
  const cell = (name: string) =>
    table('worked example')
      .rows.find(([it]) => it === name)![1]!
      .slice(1, -1);
  const { salt, memory, passes, lanes } = json<Kdf>('schema', 'kdf');
  const typed = cell('passphrase as typed');
  expect(typed.normalize('NFKC')).toBe(cell('after NFKC'));
  expect(typed).not.toBe(cell('after NFKC'));
  // Argon2id 1.3, whose enums vanish when a file is compiled alone
  const secret = await hashRaw(cell('after NFKC'), {
    algorithm: 2,
    version: 1,
    salt: fromBase64url(salt)!,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
  });
  expect(toHex(secret)).toBe(cell('secret (hex)'));
  const proof = Buffer.from(hkdfSync('sha256', secret, '', 'jinban-proof-1', 32)).toString('base64url');
  expect(proof).toBe(cell('proof'));
  expect(json<{ proof: string }>('schema', 'signInRequest').proof).toBe(proof);
});

it('session: the signature of the example is good for the key that was enrolled', async () => {
  const { publicKey } = json<{ publicKey: string }>('schema', 'enrolRequest');
  const { device, challenge, signature } = json<Record<'device' | 'challenge' | 'signature', string>>(
    'schema',
    'sessionRequest',
  );
  expect(await verifies(publicKey, challengeMessage(device, challenge), signature)).toBe(true);
});

it('chain: two commands, their heads, the signed message, the run', async () => {
  const [first, second] = [json<WireCommand>('chain', '1'), json<WireCommand>('chain', '2')];
  expect(canonicalBytes(first)).toEqual(utf8(block('chain', '1')));
  expect(canonicalBytes(second)).toEqual(utf8(block('chain', '2')));
  const one = await nextHead(FIRST_HEAD, first);
  const two = await nextHead(one, second);
  expect([one, two]).toEqual([
    worked(/`head\(1\)` = `([0-9a-f]{64})`/),
    worked(/`head\(2\)` = `([0-9a-f]{64})`/),
  ]);
  const run = json<Run>('schema', 'run');
  expect(run).toMatchObject({ actor: first.actor, from: 1, to: 2, head: two });
  const message = runMessage(first.device, run.actor, run.to, run.head);
  expect(message).toEqual(utf8(block('chain', 'message')));
  expect(await verifies(worked(/verifies with the public key `([\w-]{87})`/), message, run.sig)).toBe(true);
});

it('manifest: its signature is good for the key that was pinned', async () => {
  const { releaseKeys } = json<EnrolResponse>('schema', 'enrolResponse');
  const verdict = await verifyManifest(
    utf8(block('manifest', 'raw')),
    worked(/^with the signature `([\w-]{86})`/m),
    releaseKeys,
    { county: 'S410526000000', level: 'township', newest: 3 },
  );
  expect(verdict.ok).toBe(true);
});

it('tables: the rows are packed as shown, and unpacked again', () => {
  const [rows, packed] = [json<object[]>('table', 'rows'), json<Table>('table', 'packed')];
  expect(canonicalJson(packRows(rows))).toBe(block('table', 'packed'));
  expect(unpackRows(packed)).toEqual(rows);
});

it('patch: what it makes of the old rows, and how it is made', () => {
  const [old, next, patch] = ['old', 'new', 'patch'].map((value) => json<unknown>('patch', value));
  expect(applyPatch(old, patch)).toEqual(next);
  expect(difference(old, next)).toEqual(patch);
});

it('receipt number: check digit and print', () => {
  const number = buildReceiptNumber({ site: '410526102201', day: '2026-09-18', device: '001', serial: 7 });
  expect(worked(/so `(\d{28})`; printed/)).toBe(number);
  expect(worked(/serial 7: `(\d{27})`/) + worked(/check digit `?(\d)`?, so/)).toBe(number);
  expect(worked(/; printed ([\d ]+\d)/)).toBe(formatReceiptNumber(number));
});

it('made-up values pass the checks of the real ones', () => {
  const today = '2026-09-18';
  const passes: Record<string, (value: string) => boolean> = {
    residentId: (value) => readIdNumber('residentId', value, today).ok,
    passport: (value) => readIdNumber('passport', value, today).ok,
    phone: (value) => readPhone(value).ok,
    bankCard: (value) => readBankCard(value).ok,
    queryToken: (value) => v.is(commandBodies.receive.entries.queryToken, value),
  };
  const { rows } = table('made up');
  expect([...new Set(rows.map(([kind]) => bare(kind!)))]).toEqual(Object.keys(passes));
  for (const [kind, example] of rows) expect(passes[bare(kind!)]!(bare(example!)), example).toBe(true);
  expect(luhn(worked(/^of them up;.*For `(\d+)`:/m))).toBe(worked(/together \d+, so the digit is (\d)/));
});

it('the other limits', () => {
  const said = worked(/^Others: (.*)$/m);
  expect(said).toContain(`${MAX_STROKES} strokes and ${MAX_POINTS} points`);
  expect(said).toContain(`${TABLE_ROWS} rows in a table answer`);
  expect(said).toContain(`serials up to ${SERIAL_LIMIT}`);
});
