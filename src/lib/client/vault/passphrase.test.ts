import { hkdfSync } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { fromBase64url } from '#lib/catalogue/hash.ts';
import { createWrap, openWrap } from './device-key.ts';
import { deriveKeys } from './passphrase.ts';

const kdf = { salt: 'AAECAwQFBgcICQoLDA0ODw', memory: 19456, passes: 2, lanes: 1 };
const passphrase = '村口的老槐树2026';

test('the proof is what the office computes with its own Argon2id (the default there)', async () => {
  const secret = await hashRaw(passphrase.normalize('NFKC'), {
    salt: fromBase64url(kdf.salt)!,
    memoryCost: kdf.memory,
    timeCost: kdf.passes,
    parallelism: 1,
    outputLen: 32,
  });
  const proof = Buffer.from(hkdfSync('sha256', secret, '', 'jinban-proof-1', 32)).toString('base64url');
  const derived = await deriveKeys(passphrase, kdf);
  expect(derived.proof).toBe(proof);
  expect(derived.proof).toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('full-width digits are the same passphrase; another one unwraps nothing', async () => {
  const cheap = { ...kdf, memory: 1024, passes: 1 };
  const holder = { device: 'd', staff: 'p' };
  const kept = await createWrap((await deriveKeys(passphrase, cheap)).wrap, holder);
  const wide = await deriveKeys('村口的老槐树２０２６', cheap);
  expect(await openWrap(kept, wide.wrap, holder)).not.toBe(null);
  const other = await deriveKeys('村口的老槐树2027', cheap);
  expect(await openWrap(kept, other.wrap, holder)).toBe(null);
});

test('parameters that are none of ours are a bug', async () => {
  await expect(deriveKeys(passphrase, { ...kdf, lanes: 2 })).rejects.toThrow(TypeError);
  await expect(deriveKeys(passphrase, { ...kdf, salt: '?' })).rejects.toThrow(TypeError);
});
