/**
 * The canonical text of a command that came over the wire: what its hash, its place in the chain and its receipt are made
 * of. It is written once, because a command is never changed after it was read.
 */
import { createHash, hash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';

type RawCommand = SyncRequest['commands'][number];
const texts = new WeakMap<RawCommand, string>();

/** @throws TypeError for what no device could have put into its chain (canonical.ts) */
export function commandText(command: RawCommand): string {
  const known = texts.get(command);
  if (known !== undefined) return known;
  const text = canonicalJson(command);
  texts.set(command, text);
  return text;
}

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export const hashOf = (text: string): string => hash('sha256', text, 'hex');

/** `nextHead` of protocol/chain.ts, over a text that is there already and without waiting. */
export const headAfter = (head: string, text: string): string =>
  createHash('sha256').update(Buffer.from(head, 'hex')).update(text).digest('hex');
