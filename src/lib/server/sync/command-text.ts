/**
 * What follows from a command as it came over the wire, worked out once, because a command is never changed after it was
 * read: its canonical text (which its hash, its place in the chain and its receipt are made of) and its body, looked at.
 * Where another thread read the request (threads/), it worked them out, and `knowCommand` takes them over.
 */
import { createHash, hash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { SentCommand } from '#lib/protocol/command.ts';
import { commandBodies } from '#lib/protocol/command-bodies.ts';
import { readBody } from '#lib/protocol/read-body.ts';
import type { SyncRequest } from '#lib/protocol/sync.ts';
import { quickCheck } from './quick-check.ts';

/** As it came, its body not looked at. */
export type RawCommand = SyncRequest['commands'][number];

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
const fits = new Map(Object.entries(commandBodies).map(([kind, schema]) => [kind, quickCheck(schema)]));
const bodies = once(({ kind, body }) => {
  if (fits.get(kind)?.(body)) return { kind, body } as SentCommand;
  // no body is null: so says a stand-in (read-command.ts), whose kind may be none
  return body === null ? null : readBody(kind, body);
});

/** @throws TypeError for what no device could have put into its chain (canonical.ts) */
export const commandText = (command: object): string => texts.of(command as RawCommand);
/** Of its canonical text. */
export const commandHash = (command: RawCommand): string => hashes.of(command);
/** Kind and body by the kind's schema; null when it has another shape. */
export const commandBody = (command: RawCommand): SentCommand | null => bodies.of(command);

const passed = new WeakSet<RawCommand>();

/** Whether it is a receipt that `examineReceipt` has passed with the item it cites, as it stands. */
export const hasPassed = (command: RawCommand): boolean => passed.has(command);

export interface KnownOfCommand {
  text: string;
  hash: string;
  /** Its body has the shape of its kind, to the letter. */
  fits: boolean;
  /** See hasPassed. */
  passed: boolean;
}

/** What another thread of this process worked out about a command; what it did not is worked out here. */
export function knowCommand(command: RawCommand, known: KnownOfCommand): void {
  const { kind, body } = command;
  texts.know(command, known.text);
  hashes.know(command, known.hash);
  // a schema of bodies changes nothing: what fits is what it would give
  if (known.fits) bodies.know(command, { kind, body } as SentCommand);
  if (known.passed) passed.add(command);
}

/** `nextHead` of protocol/chain.ts, over a text that is there already and without waiting. */
export const headAfter = (head: string, text: string): string =>
  createHash('sha256').update(Buffer.from(head, 'hex')).update(text).digest('hex');
