/**
 * A person's passphrase (口令) and the proof that the office knows them by. The device does the same with hash-wasm:
 *
 *   password = UTF-8 of the passphrase in NFKC          salt = raw bytes of base64url `kdf.salt`
 *   secret   = Argon2id, version 1.3 (0x13), memory `kdf.memory` KiB, `kdf.passes` passes, `kdf.lanes` lanes, 32 bytes
 *   proof    = HKDF-SHA-256(secret, salt empty, info 'jinban-proof-1', 32 bytes), base64url
 *   wrap key = HKDF-SHA-256(secret, salt empty, info 'jinban-wrap-1', 32 bytes): on the device only, never here
 *
 * So the office can check a person and cannot open their device. It keeps Argon2id of the proof.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { hash, hashRaw, verify } from '@node-rs/argon2';
import type { Instant } from '#lib/domain/day.ts';
import type { Kdf } from '#lib/protocol/auth.ts';
import { audit } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';

/** Floor of design security.md; a device may raise it when a passphrase is set there. */
export const KDF_FLOOR = { memory: 19_456, passes: 2, lanes: 1 } as const;
/** A 6-digit PIN falls in about a week on one core. */
export const SHORTEST_PASSPHRASE = 10;

/** Algorithm.Argon2id and Version.V0x13, whose enums vanish from the types when a file is compiled alone. */
const ARGON2ID = 2;
const VERSION_1_3 = 1;

export const newKdf = (): Kdf => ({ salt: randomBytes(16).toString('base64url'), ...KDF_FLOOR });

export async function deriveProof(passphrase: string, kdf: Kdf): Promise<string> {
  const secret = await hashRaw(passphrase.normalize('NFKC'), {
    algorithm: ARGON2ID,
    version: VERSION_1_3,
    salt: Buffer.from(kdf.salt, 'base64url'),
    memoryCost: kdf.memory,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    outputLen: 32,
  });
  return Buffer.from(hkdfSync('sha256', secret, '', 'jinban-proof-1', 32)).toString('base64url');
}

/** What the office keeps of a proof. */
export const hashProof = (proof: string): Promise<string> =>
  hash(proof, { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Takes as long for a person who is not there, so that nobody learns who is. */
export async function isProof(proofHash: string | null, proof: string): Promise<boolean> {
  nobody ??= hashProof(randomBytes(32).toString('base64url'));
  const matches = await verify(proofHash ?? (await nobody), proof);
  return matches && proofHash !== null;
}
let nobody: Promise<string> | undefined;

export const isLongEnough = (passphrase: string): boolean =>
  [...passphrase.normalize('NFKC')].length >= SHORTEST_PASSPHRASE;

/**
 * Gives a member of staff a new passphrase; failed tries are forgotten.
 * @throws RangeError when it is shorter than ten characters or there is no such person
 */
export async function setPassphrase(
  store: Store,
  { staff, passphrase, by, now }: { staff: string; passphrase: string; by: string; now: Instant },
): Promise<void> {
  if (!isLongEnough(passphrase))
    throw new RangeError(`a passphrase has ${SHORTEST_PASSPHRASE} characters or more`);
  const { kdf, proof_hash } = await passphraseRows(passphrase);
  await store.write((trx) => keepPassphrase(trx, { staff, kept: { kdf, proof_hash }, by, now }));
}

/** What the office keeps of a passphrase: slow on purpose, so made before any transaction. */
export async function passphraseRows(passphrase: string): Promise<{ kdf: Kdf; proof_hash: string }> {
  const kdf = newKdf();
  return { kdf, proof_hash: await hashProof(await deriveProof(passphrase, kdf)) };
}

/** @throws RangeError when there is no such person */
export async function keepPassphrase(
  trx: Trx,
  {
    staff,
    kept: { kdf, proof_hash },
    by,
    now,
  }: { staff: string; kept: { kdf: Kdf; proof_hash: string }; by: string; now: Instant },
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('staff')
    .set({ kdf: JSON.stringify(kdf), proof_hash, failures: 0, retry_at: null })
    .where('id', '=', staff)
    .executeTakeFirst();
  if (Number(numUpdatedRows) !== 1) throw new RangeError(`no member of staff ${staff}`);
  await audit(trx, now, [{ who: by, what: 'passphraseSet', detail: { staff } }]);
}
