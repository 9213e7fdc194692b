/**
 * A sync request, looked at before anything is done: its frame is right or the whole of it is `malformed`; its commands are
 * looked at one by one (read-command.ts), and a run that has not the shape vouches for nobody, like one that is not signed.
 */
import * as v from 'valibot';
import { run } from '#lib/protocol/command.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { LIMITS, PROTOCOL } from '#lib/protocol/limits.ts';
import { syncRequest, type SyncRequest } from '#lib/protocol/sync.ts';
import type { RawCommand } from './command-text.ts';
import { readCommand } from './read-command.ts';

type Checked = { ok: true; value: SyncRequest } | { ok: false; error: ErrorCode };

const MALFORMED: Checked = { ok: false, error: 'malformed' };
const list = v.pipe(v.array(v.unknown()), v.maxLength(LIMITS.commands));
const frame = v.strictObject({ ...syncRequest.entries, commands: list, runs: list });

export function checkRequest(value: unknown): Checked {
  if (typeof value !== 'object' || value === null) return MALFORMED;
  const { protocol, commands: sent } = value as Partial<Record<'protocol' | 'commands', unknown>>;
  if (typeof protocol === 'number' && protocol !== PROTOCOL) return { ok: false, error: 'oldProtocol' };
  if (Array.isArray(sent) && sent.length > LIMITS.commands) return { ok: false, error: 'tooLarge' };
  const result = v.safeParse(frame, value);
  if (!result.success) return MALFORMED;
  const commands: RawCommand[] = [];
  for (const one of result.output.commands) {
    const command = readCommand(one);
    if (command === null) return MALFORMED;
    commands.push(command);
  }
  const runs = result.output.runs.filter((one) => v.is(run, one));
  return { ok: true, value: { ...result.output, commands, runs } };
}
