/**
 * Signing keys (签名密钥) of a device and of its staff: ECDSA P-256, made on the device and not extractable. A key is kept
 * as CryptoKey in IndexedDB; nobody can copy it out, so a command names the person who made it (invariant I14).
 */
import { toBase64url, type Bytes } from '#lib/catalogue/hash.ts';
import { P256, SIGNING } from '#lib/protocol/chain.ts';

/** A new key pair; its private half cannot leave this browser profile. */
export function createSigningKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, false, ['sign', 'verify']);
}

/** The public half as it travels: base64url of the uncompressed point, 87 characters. */
export async function publicKeyText(keys: CryptoKeyPair): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
}

/** base64url of the signature r ‖ s, 86 characters. */
export async function signBytes(keys: CryptoKeyPair, bytes: Bytes): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.sign(SIGNING, keys.privateKey, bytes)));
}
