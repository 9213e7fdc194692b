/**
 * The device's side of a release: nothing of it is used before its signature, its place and its hashes are right.
 * Invariants: a signature is checked over the bytes as received, against any of the pinned keys; the number never
 * falls below the highest one this device has seen (an old release, truly signed, is no way back).
 */
import { isInstant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import { fromBase64url, sha256Hex } from './hash.ts';
import type { Bytes } from './hash.ts';
import { PART_NAMES, RELEASE_FORMAT } from './release.ts';
import type { Manifest, PartRef } from './release.ts';

/** ECDSA P-256: a JWK, or base64url of the raw point (65 bytes) or of SPKI. */
export type PinnedKey = JsonWebKey | string;

export interface Expected {
  county: string;
  level: Level;
  /** Highest release number this device has seen for this county and level; null before the first. */
  newest: number | null;
}

export type ManifestRefusal = 'signature' | 'format' | 'older' | 'county' | 'level';
export type ManifestVerdict = { ok: true; manifest: Manifest } | { ok: false; reason: ManifestRefusal };

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };

/**
 * Judges a manifest. `signature` is base64url of r‖s, 64 bytes. `older`: its number is below `newest`; the same
 * number is fine, a damaged release is loaded again. Throws only where a pinned key is no P-256 key: a build bug.
 */
export async function verifyManifest(
  raw: Bytes,
  signature: string,
  pinned: readonly PinnedKey[],
  expected: Expected,
): Promise<ManifestVerdict> {
  if (!(await isSigned(raw, signature, pinned))) return { ok: false, reason: 'signature' };
  const manifest = readManifest(raw);
  if (!manifest) return { ok: false, reason: 'format' };
  if (manifest.county !== expected.county) return { ok: false, reason: 'county' };
  if (manifest.level !== expected.level) return { ok: false, reason: 'level' };
  if (expected.newest !== null && manifest.number < expected.newest) return { ok: false, reason: 'older' };
  return { ok: true, manifest };
}

/** Whether these are the bytes that the manifest names. Size first: it costs nothing. */
export async function verifyPart(raw: Bytes, ref: Pick<PartRef, 'sha256' | 'size'>): Promise<boolean> {
  return raw.length === ref.size && (await sha256Hex(raw)) === ref.sha256;
}

async function isSigned(raw: Bytes, signature: string, pinned: readonly PinnedKey[]): Promise<boolean> {
  const bytes = fromBase64url(signature);
  const keys = await Promise.all(pinned.map(importKey));
  if (bytes?.length !== 64) return false;
  for (const key of keys) {
    if (await globalThis.crypto.subtle.verify(ALGORITHM, key, bytes, raw)) return true;
  }
  return false;
}

function importKey(pinned: PinnedKey): Promise<CryptoKey> {
  const { subtle } = globalThis.crypto;
  if (typeof pinned !== 'string') return subtle.importKey('jwk', pinned, CURVE, false, ['verify']);
  const bytes = fromBase64url(pinned);
  if (!bytes) throw new TypeError('a pinned key is not base64url');
  return subtle.importKey(bytes.length === 65 ? 'raw' : 'spki', bytes, CURVE, false, ['verify']);
}

function readManifest(raw: Bytes): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return null;
  }
  return isManifest(value) ? value : null;
}

function isManifest(value: unknown): value is Manifest {
  const it = value as Partial<Manifest> | null;
  return (
    typeof it === 'object' &&
    it !== null &&
    it.format === RELEASE_FORMAT &&
    typeof it.county === 'string' &&
    (it.level === 'township' || it.level === 'subdistrict' || it.level === 'village') &&
    isCount(it.number) &&
    it.number > 0 &&
    isInstant(it.publishedAt) &&
    isCount(it.itemsCount) &&
    typeof it.parts === 'object' &&
    it.parts !== null &&
    PART_NAMES.every((name) => isPartRef(it.parts?.[name]))
  );
}

function isPartRef(value: unknown): value is PartRef {
  const it = value as Partial<PartRef> | null | undefined;
  return !!it && /^[0-9a-f]{64}$/.test(String(it.sha256)) && isCount(it.size) && isCount(it.packed);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
