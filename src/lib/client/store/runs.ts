/**
 * Runs (签名段): unbroken stretches of one person's commands. The head is signed at every enqueue and kept, so the last
 * signature of a stretch vouches for all of it and a batch may end anywhere (I14). A command that is not sent because it
 * cannot be read any more has a run of its own: from its signed head the office goes on, and nothing else is lost (I7).
 */
import type { Run } from '#lib/protocol/command.ts';
import type { OutboxColumns } from './rows.ts';

/** `rows` in order of n; `sent`: those that go. */
export function runsOf(
  rows: readonly Pick<OutboxColumns, 'id' | 'device' | 'n' | 'actor' | 'head' | 'sig'>[],
  sent: ReadonlySet<string>,
): Run[] {
  const runs: Run[] = [];
  let device = '';
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && sent.has(row.id) && device === row.device && run.actor === row.actor && run.to === row.n - 1) {
      Object.assign(run, { to: row.n, head: row.head, sig: row.sig });
    } else {
      runs.push({ actor: row.actor, from: row.n, to: row.n, head: row.head, sig: row.sig });
    }
    device = sent.has(row.id) ? row.device : '';
  }
  return runs;
}
