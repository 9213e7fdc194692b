/**
 * A data key wrapped by a person's passphrase: the passphrase is right when the key unwraps. No hash of it is stored,
 * and a wrap of another person or device does not fit (it is bound to both).
 *
 * While rows are sealed with codec 0 (plain) nothing needs one key for the whole device, so each member of staff has a
 * random key of their own: signing in never depends on a colleague being present. Codec 1 will need one device key for
 * all, handed to a further person by whoever has it unlocked or through the county's recovery wrap (security.md).
 */
import type { Bytes } from '#lib/catalogue/hash.ts';

/** An AES-GCM-256 key, wrapped. Kept in IndexedDB. */
export interface Wrap {
  iv: Bytes;
  key: Bytes;
}

/** Whom a wrap belongs to. */
export interface Holder {
  device: string;
  staff: string;
}

const AES = { name: 'AES-GCM', length: 256 };

const params = (iv: Bytes, { device, staff }: Holder): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(['jinban-wrap-1', device, staff].join('\n')),
});

async function wrapKey(key: CryptoKey, wrap: CryptoKey, holder: Holder): Promise<Wrap> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, key: new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrap, params(iv, holder))) };
}

async function unwrap(kept: Wrap, wrap: CryptoKey, holder: Holder, extractable: boolean) {
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  try {
    const algorithm = params(kept.iv, holder);
    return await crypto.subtle.unwrapKey('raw', kept.key, wrap, algorithm, AES, extractable, usages);
  } catch (error) {
    // the only expected failure: the tag does not fit, that is, the passphrase is another
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

/** A new random data key, as it is kept for this person. */
export async function createWrap(wrap: CryptoKey, holder: Holder): Promise<Wrap> {
  return wrapKey(await crypto.subtle.generateKey(AES, true, ['encrypt', 'decrypt']), wrap, holder);
}

/** The data key, not extractable; null when the passphrase, the person or the device is another. */
export function openWrap(kept: Wrap, wrap: CryptoKey, holder: Holder): Promise<CryptoKey | null> {
  return unwrap(kept, wrap, holder, false);
}

/** The same data key under a new passphrase; null when the old one is wrong. */
export async function rewrap(
  kept: Wrap,
  oldWrap: CryptoKey,
  newWrap: CryptoKey,
  holder: Holder,
): Promise<Wrap | null> {
  const key = await unwrap(kept, oldWrap, holder, true);
  return key && wrapKey(key, newWrap, holder);
}
