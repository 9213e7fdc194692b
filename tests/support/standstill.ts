/**
 * How long a page stands still while something is done: its main thread's longest task, in time of that thread. What a
 * task waits for a core, which other programs on this machine have, is no fault of the page's and is left out.
 */
import type { CDPSession, Page } from '@playwright/test';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** µs of its thread */
  tdur?: number;
  args?: { name?: string };
}

const TASK = 'RunTask';
const CATEGORIES = ['__metadata', 'disabled-by-default-devtools.timeline'];

/** ms of the longest task on a page's main thread. */
function longestTask(events: readonly TraceEvent[]): number {
  const key = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const mains = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(key),
  );
  const tasks = events.filter((event) => event.name === TASK && event.ph === 'X' && mains.has(key(event)));
  if (tasks.length === 0) throw new Error('the trace holds no task of a page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

async function trace(remote: CDPSession): Promise<() => Promise<TraceEvent[]>> {
  const events: TraceEvent[] = [];
  remote.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await remote.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => remote.once('Tracing.tracingComplete', () => resolve()));
    await remote.send('Tracing.end');
    await complete;
    return events;
  };
}

/** The longest that the page stood still while `work` was done, and how long it took by the clock. */
export async function watched(
  page: Page,
  work: () => Promise<void>,
): Promise<{ still: number; took: number }> {
  const remote = await page.context().newCDPSession(page);
  const stop = await trace(remote);
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  // what the work left behind for later belongs to it
  await page.evaluate(
    () =>
      new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve, { timeout: 3000 }))),
  );
  const still = longestTask(await stop());
  await remote.detach();
  return { still, took };
}

/**
 * The same done three times, and the middle one of them: a thread's own second is not always worth the same on a machine that
 * shares its processors with others (the same loop took 900 ms and 1,475).
 */
export async function watchedThrice(
  page: Page,
  work: () => Promise<void>,
): Promise<{ still: number; took: number }> {
  const runs = [];
  for (let at = 0; at < 3; at += 1) runs.push(await watched(page, work));
  return runs.sort((a, b) => a.still - b.still)[1]!;
}

/** Asks the page seldom and little: looking things up by role is work that the page would be blamed for. */
export const told = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction(
    ([where, what]) => document.querySelector(where!)?.textContent?.trim().startsWith(what!),
    [selector, text],
    { polling: 100, timeout: 240_000 },
  );
