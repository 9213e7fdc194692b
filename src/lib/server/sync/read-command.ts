/**
 * A command as it came over the wire, looked at on its own: one whose envelope has not the shape is refused alone (`invalid`,
 * `text`) like one whose body has not, and is chained, kept and answered like any other, so that it holds up nobody
 * (invariants I7, I10). Only what has no id, device and number, or no canonical text, cannot be: no device can have put it
 * into its chain.
 */
import * as v from 'valibot';
import { SENT_KINDS, type SentKind } from '#lib/domain/commands.ts';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import { wireCommand } from '#lib/protocol/command.ts';
import { positive, shortId, uuidV7 } from '#lib/protocol/primitives.ts';
import { commandText, hashOf, knowCommand, type RawCommand } from './command-text.ts';
import { quickCheck } from './quick-check.ts';

const { after, actor, applicationId } = wireCommand.entries;
/** What stands in for a field that cannot be read: nobody has that id, so nothing is found by it. */
const legible = v.looseObject({
  id: uuidV7,
  device: shortId,
  n: positive,
  actor: v.fallback(actor, ''),
  applicationId: v.fallback(applicationId, ''),
  after: v.fallback(after, null),
  kind: v.fallback(v.picklist([...SENT_KINDS, '']), ''),
});

const fits = quickCheck(wireCommand);

/** null: nothing can be said about it, not even whose it is. */
export function readCommand(value: unknown): RawCommand | null {
  try {
    if (fits(value)) {
      commandText(value as RawCommand);
      return value as RawCommand;
    }
    const result = v.safeParse(wireCommand, value);
    if (!result.success) return standIn(value);
    commandText(result.output);
    return result.output;
  } catch {
    return null;
  }
}

/** For one whose envelope has not the shape: its text is what came, and of a body there is none. */
function standIn(value: unknown): RawCommand | null {
  const result = v.safeParse(legible, value);
  if (!result.success) return null;
  const { id, device, n, actor, applicationId, after, kind } = result.output;
  const command: RawCommand = {
    v: 1,
    id,
    device,
    n,
    actor,
    applicationId,
    after,
    baseRev: 0,
    at: '',
    kind: kind as SentKind,
    body: null,
  };
  const text = canonicalJson(value);
  knowCommand(command, { text, hash: hashOf(text), fits: false, passed: false });
  return command;
}

/** From a receipt's text, which was read once before. */
export function readAgain(text: string): RawCommand {
  const command = readCommand(JSON.parse(text));
  if (command === null) throw new Error('a receipt that is none');
  return command;
}
