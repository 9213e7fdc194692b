/**
 * `setTimeout` of the program under simulation is an event of the timeline: its time-outs pass in no time, and in an
 * order that follows from the seed. Node's own streams and crypto use none of these.
 */
import type { Timeline } from './timeline.ts';

interface Timer {
  cancel: () => void;
  unref(): Timer;
  ref(): Timer;
}

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

/** Runs `work` with the timers of `timeline`. One at a time. */
export async function withVirtualTimers<T>(timeline: Timeline, work: () => Promise<T>): Promise<T> {
  const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): Timer => {
    const life = timeline.current;
    if (!life) throw new Error('a timer outside of any process');
    const cancel = timeline.after(life, 'timer', ms, () => run(...args));
    const timer: Timer = { cancel, unref: () => timer, ref: () => timer };
    return timer;
  };
  const clear = (timer: Timer | undefined): void => timer?.cancel();
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  try {
    return await work();
  } finally {
    Object.assign(globalThis, real);
  }
}
