/** ECDSA P-256 as on the wire: keys are 65-byte points and signatures 64 bytes r ‖ s, both base64url. */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fromBase64url } from '#lib/catalogue/hash.ts';

/** DER of a P-256 SubjectPublicKeyInfo, up to the point (RFC 5480). */
const SPKI = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

function keyOf(publicKey: string): KeyObject | null {
  const point = fromBase64url(publicKey);
  if (point?.length !== 65) return null;
  try {
    // a point that is not on the curve is refused here
    return createPublicKey({ key: Buffer.concat([SPKI, point]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

export const isPublicKey = (publicKey: string): boolean => keyOf(publicKey) !== null;

/** False also for a key or a signature that is none. */
export function verifyP256(publicKey: string, message: Uint8Array, signature: string): boolean {
  const key = keyOf(publicKey);
  const bytes = fromBase64url(signature);
  if (key === null || bytes?.length !== 64) return false;
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, bytes);
}
