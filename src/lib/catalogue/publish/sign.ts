/**
 * Signs a release. The publisher's key is ECDSA P-256 (WebCrypto Ed25519 starts above the browser floor); devices
 * pin two public keys, the one in use and the next, so that a key can be replaced without touching a device.
 */
import { toBase64url } from '../hash.ts';
import type { Bytes } from '../hash.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };

export interface PublisherKey {
  privateKey: JsonWebKey;
  publicKey: JsonWebKey;
}

/** base64url of the signature r‖s (64 bytes) over these very bytes. Throws where the key is no P-256 private key. */
export async function signManifest(raw: Bytes, privateKey: JsonWebKey): Promise<string> {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('jwk', privateKey, CURVE, false, ['sign']);
  return toBase64url(new Uint8Array(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, raw)));
}

/** A new publisher's key pair, for setup and tests. */
export async function createPublisherKey(): Promise<PublisherKey> {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await subtle.exportKey('jwk', pair.publicKey);
  return {
    privateKey: await subtle.exportKey('jwk', pair.privateKey),
    publicKey: { kty, crv, x, y } as JsonWebKey,
  };
}
