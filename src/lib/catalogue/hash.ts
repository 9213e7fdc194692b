/**
 * SHA-256 over WebCrypto, and the two spellings of bytes that travel: hex for hashes, base64url for keys and
 * signatures. Runs alike in Node, pages and workers. Decoders return null for text that is not theirs.
 */
import type { Item } from '#lib/domain/item.ts';
import { canonicalBytes } from './canonical.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** SHA-256 of the bytes, 32 bytes. */
export async function sha256(bytes: BufferSource): Promise<Bytes> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
}

/** SHA-256 of the bytes as 64 lower-case hex digits. */
export async function sha256Hex(bytes: BufferSource): Promise<string> {
  return toHex(await sha256(bytes));
}

/** The hash that addresses a version of an item: SHA-256 (hex) of its canonical bytes. */
export function itemHash(item: Item): Promise<string> {
  return sha256Hex(canonicalBytes(item));
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += HEX[byte];
  return out;
}

/** Bytes of lower- or upper-case hex; null when it is not hex of whole bytes. */
export function fromHex(hex: string): Bytes | null {
  if (hex.length % 2 || !/^[0-9a-fA-F]*$/.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Bytes of unpadded base64url; null when the text is anything else, also when it has spare bits set. */
export function fromBase64url(text: string): Bytes | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return toBase64url(bytes) === text ? bytes : null;
}
