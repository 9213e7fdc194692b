/**
 * A parcel: frames of bytes in one file that only its code (开封码) opens. The code is made here, never chosen, and goes
 * another way than the file: 59 random bits, stretched by Argon2id, so that whoever finds the stick finds nothing.
 *
 *   file  = "JBPARCL1" ‖ salt (16) ‖ frames
 *   frame = length of what follows (4, big-endian) ‖ AES-GCM-256 of the content
 *   key   = HKDF-SHA-256(Argon2id(code, salt; 19 MiB, 2, 1), info "jinban-parcel-1"): of this file alone
 *   nonce = 7 zero bytes ‖ 1 when it is the last frame, else 0 ‖ number of the frame (4), from 0; "JBPARCL1" is authenticated too
 * So frames cannot be left out, put in another order or cut off without being noticed.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';

const MAGIC = new TextEncoder().encode('JBPARCL1');
const SALT = 16;
const HEAD = MAGIC.length + SALT;
/** Without what looks alike on paper or sounds alike on the telephone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
/** The floor of security.md; the code itself is too long to be tried. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1 };
/** No frame of ours is longer: a document of 30 MB and its head. */
const LONGEST = 32 * 1024 * 1024;

/** K7QM-3XWA-9TRH */
export function newParcelCode(): string {
  let code = '';
  while (code.length < LENGTH) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    // 240 is the largest multiple of 30 in a byte: every letter is as likely
    if (byte! < 240) code += LETTERS[byte! % LETTERS.length];
  }
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** As it was written down: case, width, spaces and dashes do not count. */
const normalised = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');

export const isParcelCode = (code: string): boolean => normalised(code).length === LENGTH;

async function keyOf(code: string, salt: Bytes): Promise<CryptoKey> {
  const { argon2id } = await import('hash-wasm');
  const secret = await argon2id({
    ...COST,
    password: new TextEncoder().encode(normalised(code)),
    salt,
    hashLength: 32,
    outputType: 'binary',
  });
  const root = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('jinban-parcel-1');
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(hkdf, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function params(frame: number, last: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  iv[7] = last ? 1 : 0;
  new DataView(iv.buffer).setUint32(8, frame);
  return { name: 'AES-GCM', iv, additionalData: MAGIC };
}

/** Packs frame by frame into a Blob, which the browser keeps out of memory where it can. */
export async function packParcel(code: string, frames: AsyncIterable<Bytes>): Promise<Blob> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const key = await keyOf(code, salt);
  const parts: Blob[] = [new Blob([MAGIC, salt])];
  let count = 0;
  const add = async (frame: Bytes, last: boolean): Promise<void> => {
    const sealed = await crypto.subtle.encrypt(params(count, last), key, frame);
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, sealed.byteLength);
    parts.push(new Blob([length, sealed]));
    count += 1;
  };
  for await (const frame of frames) await add(frame, false);
  await add(new Uint8Array(0), true);
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** `code`: another one opens it, or the very first bytes are spoilt. `damaged`: spoilt, or cut short. */
export type ParcelTrouble = 'notParcel' | 'code' | 'damaged';
export class ParcelError extends Error {
  override name = 'ParcelError';
  readonly trouble: ParcelTrouble;
  constructor(trouble: ParcelTrouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** Its frames, one at a time. Throws ParcelError. */
export async function* openParcel(file: Blob, code: string): AsyncGenerator<Bytes> {
  const slice = async (from: number, length: number): Promise<Bytes> =>
    new Uint8Array(await file.slice(from, from + length).arrayBuffer());
  const head = await slice(0, HEAD);
  if (head.length < HEAD || !MAGIC.every((byte, at) => head[at] === byte)) throw new ParcelError('notParcel');
  const key = await keyOf(code, head.subarray(MAGIC.length));
  let at = HEAD;
  for (let frame = 0; ; frame++) {
    const prefix = await slice(at, 4);
    if (prefix.length < 4) throw new ParcelError('damaged');
    const length = new DataView(prefix.buffer).getUint32(0);
    at += 4;
    if (length > LONGEST || at + length > file.size) throw new ParcelError('damaged');
    const sealed = await slice(at, length);
    at += length;
    const last = at === file.size;
    const opened = await opens(key, frame, last, sealed);
    if (opened === null) throw new ParcelError(frame === 0 ? 'code' : 'damaged');
    if (last) return;
    yield opened;
  }
}

async function opens(key: CryptoKey, frame: number, last: boolean, sealed: Bytes): Promise<Bytes | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(params(frame, last), key, sealed));
  } catch (error) {
    // the only expected failure: the tag does not fit
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}
