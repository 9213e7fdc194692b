/**
 * Walks the chain of a device's commands: which come next, which leave a hole, and which their author's signature vouches
 * for. Pure but for the cryptography; it decides nothing about what the commands say (invariants I5, I7, I14).
 */
import type { Run } from '#lib/protocol/command.ts';
import { commandText, headAfter, type RawCommand } from './command-text.ts';
import { signerOf, type KeysOf } from './run-signature.ts';

/** End of the chain as the office holds it; `head` is null after a hole, until a signed head is taken over. */
export interface ChainEnd {
  n: number;
  head: string | null;
}

export interface Step {
  command: RawCommand;
  /**
   * `next` continues the chain. `taken`: its place is behind the end. `hole`: something before it is missing and the
   * device still keeps it. `lost`: something before it is missing for good, nobody signed up to there, and the chain goes on
   * after it.
   */
  place: 'next' | 'taken' | 'hole' | 'lost';
  /** The author signed a head that covers it. */
  vouched: boolean;
  /** Head after it; null where unknown. */
  head: string | null;
}

export interface Walk {
  steps: Step[];
  end: ChainEnd;
}

/**
 * @param commands in any order; they are walked by `n`
 * @param keeps lowest `n` that the device still keeps: a hole from there on can be filled
 */
export function walkChain(
  device: string,
  start: ChainEnd,
  { commands, runs, keeps }: { commands: readonly RawCommand[]; runs: readonly Run[]; keeps: number },
  keysOf: KeysOf,
): Walk {
  const steps: Step[] = [];
  const good: Run[] = [];
  const ends = new Map<number, Run[]>();
  for (const run of runs) ends.set(run.to, [...(ends.get(run.to) ?? []), run]);

  const signedHead = (to: number): string | null =>
    (ends.get(to) ?? []).find((run) => signerOf(device, run, keysOf) !== null)?.head ?? null;

  let { n, head } = start;
  for (const command of [...commands].sort((a, b) => a.n - b.n)) {
    const step: Step = { command, place: 'next', vouched: false, head: null };
    steps.push(step);
    if (command.n <= n) {
      step.place = 'taken';
      continue;
    }
    if (command.n > n + 1) {
      step.place = keeps <= n + 1 ? 'hole' : 'lost';
      if (step.place === 'hole') continue;
      // where the last that is missing was signed, the chain goes on from there: nothing else is lost
      head = signedHead(command.n - 1);
      if (head !== null) step.place = 'next';
    }
    n = command.n;
    if (head !== null) head = headAfter(head, commandText(command));
    for (const run of ends.get(n) ?? []) {
      if (signerOf(device, run, keysOf) === null) continue;
      if (run.head === head) good.push(run);
      // the person signed another history than ours: what it covers is looked at, and the chain goes on from there
      else head = run.head;
      break;
    }
    step.head = head;
  }
  for (const step of steps) {
    const { actor, n: at } = step.command;
    step.vouched =
      step.place === 'next' && good.some((run) => run.actor === actor && run.from <= at && at <= run.to);
  }
  return { steps, end: { n, head } };
}
