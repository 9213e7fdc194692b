/**
 * Whether a run is signed by one of the keys that its author has on the device. Whose key fits follows from run, device
 * and key alone; so another thread may have found it (threads/), and whether that key counts is asked here all the same.
 */
import { runMessage } from '#lib/protocol/chain.ts';
import type { Run } from '#lib/protocol/command.ts';
import { verifyP256 } from '../auth/p256.ts';
import { prepared } from '../db/prepared.ts';

/** Public keys registered for a person on this device, base64url. */
export type KeysOf = (actor: string) => readonly string[];

const found = new WeakMap<Run, { device: string; key: string }>();

/** The first key that signed it; null when none did. */
export function signerOf(device: string, run: Run, keysOf: KeysOf): string | null {
  const keys = keysOf(run.actor);
  const before = found.get(run);
  if (before?.device === device && keys.includes(before.key)) return before.key;
  const { actor, to, head, sig } = run;
  const message = runMessage(device, actor, to, head);
  return keys.find((key) => verifyP256(key, message, sig)) ?? null;
}

/** Another thread of this process verified it by that key. */
export const knowSigner = (device: string, run: Run, key: string): void =>
  void found.set(run, { device, key });

export const keysOfDevice = prepared((trx, device: string) =>
  trx.selectFrom('staff_key').select(['staff', 'public_key']).where('device', '=', device),
);

export const keysFrom =
  (rows: readonly { staff: string; public_key: string }[]): KeysOf =>
  (actor) =>
    rows.filter(({ staff }) => staff === actor).map((row) => row.public_key);
