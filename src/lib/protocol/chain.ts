/**
 * The hash chain of a device's commands, and what people and devices sign. A head covers every earlier command, so one
 * signature a run is enough and a batch may end anywhere. A courier can carry it; nobody can reorder it (I14).
 *   head(n) = SHA-256( head(n−1) as 32 bytes ‖ canonical JSON of command n ),  head(0) = 32 zero bytes
 */
import { canonicalBytes } from '#lib/catalogue/canonical.ts';
import { fromHex, sha256, toHex } from '#lib/catalogue/hash.ts';
import type { WireCommand } from './command.ts';

export const FIRST_HEAD = '0'.repeat(64);

export async function nextHead(head: string, command: WireCommand): Promise<string> {
  const before = fromHex(head);
  if (before?.length !== 32) throw new TypeError('a head is 64 hex digits');
  const bytes = canonicalBytes(command);
  const joined = new Uint8Array(32 + bytes.length);
  joined.set(before);
  joined.set(bytes, 32);
  return toHex(await sha256(joined));
}

const encode = (lines: (string | number)[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.join('\n'));

/** Bytes that the actor signs for the head after command `n` of `device`. */
export const runMessage = (device: string, actor: string, n: number, head: string): Uint8Array<ArrayBuffer> =>
  encode(['jinban-run-1', device, actor, n, head]);

/** Bytes that a device signs to open a session. */
export const challengeMessage = (device: string, challenge: string): Uint8Array<ArrayBuffer> =>
  encode(['jinban-session-1', device, challenge]);

export const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
