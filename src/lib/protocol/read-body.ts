/** A command's body, looked at: the office does it, and whoever reads commands out of a file. */
import * as v from 'valibot';
import type { SentKind } from '#lib/domain/commands.ts';
import { commandBodies } from './command-bodies.ts';
import type { SentCommand } from './command.ts';

/** The body by its kind's schema; null when it has another shape. */
export function readBody(kind: SentKind, body: unknown): SentCommand | null {
  const result = v.safeParse(commandBodies[kind], body);
  return result.success ? ({ kind, body: result.output } as SentCommand) : null;
}
