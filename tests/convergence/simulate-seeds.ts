/** Simulates run after run, each from its own seed, and shrinks what fails to a small story. */
import fc from 'fast-check';
import type { Figures } from './oracle.ts';
import type { Plan } from './plan.ts';
import { runSchedule, type Ran, type Schedule } from './run.ts';
import { schedules } from './schedules.ts';

/** A failure in as few steps as were found. */
export interface Failure {
  seed: number;
  invariant: string;
  what: string;
  steps: string[];
  story: readonly string[];
  /** Runs that shrinking took. */
  shrinking: number;
}

export interface Simulated {
  seed: number;
  /** Of everything that happened in the run of this seed. */
  hash: string;
  events: number;
  figures: Figures;
  story: readonly string[];
  failure: Failure | null;
}

/** `shrinking`: runs that a failure may take to become small. */
export async function simulateSeed(
  plan: Plan,
  seed: number,
  { steps, shrinking }: { steps: number; shrinking: number },
): Promise<Simulated> {
  let first: Ran | null = null;
  let smallest: { schedule: Schedule; ran: Ran } | null = null;
  let runs = 0;
  const property = fc.asyncProperty(schedules(steps), async (schedule) => {
    runs += 1;
    // small enough
    if (runs > shrinking + 1) return;
    const ran = await runSchedule(plan, schedule);
    first ??= ran;
    if (!ran.violation) return;
    const same = smallest === null || ran.violation.invariant === smallest.ran.violation!.invariant;
    // a smaller story of another failure is another story
    if (!same) return;
    smallest = { schedule, ran };
    throw ran.violation;
  });
  await fc.check(property, { seed, numRuns: 1 });
  const { hash, events, figures, story } = first!;
  return { seed, hash, events, figures, story, failure: smallest && failureOf(seed, smallest, runs) };
}

function failureOf(seed: number, { schedule, ran }: { schedule: Schedule; ran: Ran }, runs: number): Failure {
  const { invariant, message } = ran.violation!;
  const steps = schedule.steps.map(({ do: kind, at, luck }) => `${kind} ${at % 1000}/${luck}`);
  return { seed, invariant, what: message, steps, story: ran.story, shrinking: runs - 1 };
}
