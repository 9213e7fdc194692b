/** Runs one schedule from its beginning to its end, and tells what came of it. */
import { checkEnd, heal } from './final-check.ts';
import type { Figures } from './oracle.ts';
import type { Plan } from './plan.ts';
import { perform, type Step } from './steps.ts';
import { Violation } from './violation.ts';
import { withVirtualTimers } from './virtual-timers.ts';
import { World } from './world.ts';

export interface Schedule {
  /** Decides what the steps leave open. */
  seed: number;
  /** Processes of the office. */
  offices: number;
  steps: readonly Step[];
}

export interface Ran {
  violation: Violation | null;
  story: readonly string[];
  /** Of everything that happened: the same schedule has the same. */
  hash: string;
  events: number;
  figures: Figures;
}

export async function runSchedule(plan: Plan, { seed, offices, steps }: Schedule): Promise<Ran> {
  const world = new World(plan, seed, offices);
  const { timeline, oracle, office } = world;
  let violation: Violation | null = null;
  try {
    await withVirtualTimers(timeline, async () => {
      await world.begin();
      for (const step of steps) await perform(world, step);
      await heal(world, seed);
      await checkEnd(world);
    });
  } catch (error) {
    violation =
      error instanceof Violation
        ? error
        : new Violation('simulation', String((error as Error).stack ?? error));
  } finally {
    office.end();
  }
  const { story, events } = timeline;
  return { violation, story, hash: timeline.hash(), events, figures: oracle.figures };
}
