/**
 * What follows from a command as it came over the wire, worked out once, because a command is never changed after it was
 * read: its canonical text (which its hash, its place in the chain and its receipt are made of) and its body, looked at.
 * Where another thread read the request (threads/), it worked them out, and `knowCommand` takes them over.
 */
import { createHash, hash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { SentCommand } from '#lib/protocol/command.ts';
import { readBody } from '#lib/protocol/read-body.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';

type RawCommand = SyncRequest['commands'][number];

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export const hashOf = (text: string): string => hash('sha256', text, 'hex');

/** What one command says, worked out when it is first asked for. */
function once<T>(workOut: (command: RawCommand) => T): {
  of: (command: RawCommand) => T;
  know: (command: RawCommand, value: T) => void;
} {
  const known = new WeakMap<RawCommand, { value: T }>();
  return {
    of(command) {
      const kept = known.get(command);
      if (kept) return kept.value;
      const value = workOut(command);
      known.set(command, { value });
      return value;
    },
    know: (command, value) => void known.set(command, { value }),
  };
}

const texts = once((command) => canonicalJson(command));
const hashes = once((command) => hashOf(texts.of(command)));
const bodies = once((command) => readBody(command.kind, command.body));

/** @throws TypeError for what no device could have put into its chain (canonical.ts) */
export const commandText = (command: RawCommand): string => texts.of(command);
/** Of its canonical text. */
export const commandHash = (command: RawCommand): string => hashes.of(command);
/** Kind and body by the kind's schema; null when it has another shape. */
export const commandBody = (command: RawCommand): SentCommand | null => bodies.of(command);

/** What another thread of this process worked out about a command; without `body` it is looked at here. */
export function knowCommand(
  command: RawCommand,
  { text, hash: itsHash, body }: { text: string; hash: string; body?: SentCommand | null },
): void {
  texts.know(command, text);
  hashes.know(command, itsHash);
  if (body !== undefined) bodies.know(command, body);
}

/** `nextHead` of protocol/chain.ts, over a text that is there already and without waiting. */
export const headAfter = (head: string, text: string): string =>
  createHash('sha256').update(Buffer.from(head, 'hex')).update(text).digest('hex');
