/** ECDSA P-256 as on the wire: keys are 65-byte points and signatures 64 bytes r ‖ s, both base64url. */
import { fromBase64url } from '#lib/catalogue/hash.ts';
import { P256, SIGNING } from '#lib/protocol/chain.ts';

const { subtle } = globalThis.crypto;

async function importKey(publicKey: string): Promise<CryptoKey | null> {
  const point = fromBase64url(publicKey);
  if (!point) return null;
  // a point that is not on the curve is refused here
  return subtle.importKey('raw', point, P256, false, ['verify']).catch(() => null);
}

export const isPublicKey = async (publicKey: string): Promise<boolean> =>
  (await importKey(publicKey)) !== null;

/** False also for a key or a signature that is none. */
export async function verifyP256(
  publicKey: string,
  message: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  const key = await importKey(publicKey);
  const bytes = fromBase64url(signature);
  return key !== null && bytes?.length === 64 && subtle.verify(SIGNING, key, bytes, message);
}
