/**
 * A sync request, looked at before anything is done: its frame is right or the whole of it is `malformed`; its commands are
 * looked at one by one (read-command.ts), and a run that has not the shape vouches for nobody, like one that is not signed.
 */
import * as v from 'valibot';
import { run, type Run } from '#lib/protocol/command.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import { LIMITS, PROTOCOL } from '#lib/protocol/limits.ts';
import { syncRequest, type SyncRequest } from '#lib/protocol/sync.ts';
import type { RawCommand } from './command-text.ts';
import { quickCheck } from './quick-check.ts';
import { readCommand } from './read-command.ts';

type Checked = { ok: true; value: SyncRequest } | { ok: false; error: ErrorCode };

const MALFORMED: Checked = { ok: false, error: 'malformed' };
const list = v.pipe(v.array(v.unknown()), v.maxLength(LIMITS.commands));
const frame = v.strictObject({ ...syncRequest.entries, commands: list, runs: list });
type Frame = v.InferOutput<typeof frame>;
const [fitsFrame, fitsRun] = [quickCheck(frame), quickCheck(run)];

function readFrame(value: unknown): Frame | null {
  if (fitsFrame(value)) return value as Frame;
  const result = v.safeParse(frame, value);
  return result.success ? result.output : null;
}

export function checkRequest(value: unknown): Checked {
  if (typeof value !== 'object' || value === null) return MALFORMED;
  const { protocol, commands: sent } = value as Partial<Record<'protocol' | 'commands', unknown>>;
  if (typeof protocol === 'number' && protocol !== PROTOCOL) return { ok: false, error: 'oldProtocol' };
  if (Array.isArray(sent) && sent.length > LIMITS.commands) return { ok: false, error: 'tooLarge' };
  const read = readFrame(value);
  if (read === null) return MALFORMED;
  const commands: RawCommand[] = [];
  for (const one of read.commands) {
    const command = readCommand(one);
    if (command === null) return MALFORMED;
    commands.push(command);
  }
  const runs = read.runs.filter((one) => fitsRun(one) || v.is(run, one)) as Run[];
  return { ok: true, value: { ...read, commands, runs } };
}
