/**
 * What a passphrase (口令) turns into. Argon2id once, then HKDF makes two halves that tell nothing of each other: the
 * proof goes to the office, the wrapping key never leaves the device (design security.md, Threats). Neither is stored.
 */
import { fromBase64url, toBase64url } from '#lib/catalogue/hash.ts';
import type { Kdf } from '#lib/protocol/auth.ts';

export interface PassphraseKeys {
  /** 32 bytes in base64url, 43 characters: what the office checks. */
  proof: string;
  /** AES-GCM-256, wraps and unwraps keys on this device only. */
  wrap: CryptoKey;
}

/**
 * Takes about a second, on purpose. The passphrase counts in NFKC, so that full-width digits of an input method are the
 * same digits. Throws TypeError when the parameters are none of ours.
 */
export async function deriveKeys(passphrase: string, kdf: Kdf): Promise<PassphraseKeys> {
  const salt = fromBase64url(kdf.salt);
  if (salt === null || kdf.lanes !== 1) throw new TypeError('not our Argon2id parameters');
  // 11 KB of wasm that only the sign-in page needs
  const { argon2id } = await import('hash-wasm');
  const secret = await argon2id({
    password: new TextEncoder().encode(passphrase.normalize('NFKC')),
    salt,
    memorySize: kdf.memory,
    iterations: kdf.passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  });
  const root = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ]);
  const proof = await crypto.subtle.deriveBits(half('jinban-proof-1'), root, 256);
  const aes = { name: 'AES-GCM', length: 256 };
  const wrap = await crypto.subtle.deriveKey(half('jinban-wrap-1'), root, aes, false, [
    'wrapKey',
    'unwrapKey',
  ]);
  return { proof: toBase64url(new Uint8Array(proof)), wrap };
}

const half = (info: string): HkdfParams => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt: new Uint8Array(0),
  info: new TextEncoder().encode(info),
});
