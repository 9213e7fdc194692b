/** How long a page stands still while something is done: what the page itself sees as long tasks (over 50 ms). */
import type { Page } from '@playwright/test';

/** Runs in the page before its scripts: `page.addInitScript(noticeTasks)`. */
export function noticeTasks(): void {
  const tasks: number[] = [];
  Object.assign(globalThis, { tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
}

/** The longest that the page stood still while `work` was done, and how long it took. */
export async function watched(
  page: Page,
  work: () => Promise<void>,
): Promise<{ still: number; took: number }> {
  await page.evaluate(() => (globalThis as unknown as { tasks?: number[] }).tasks?.splice(0));
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  // what the work left behind for later belongs to it
  await page.evaluate(
    () =>
      new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve, { timeout: 3000 }))),
  );
  const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
  return { still: Math.max(0, ...tasks), took };
}

/** Asks the page seldom and little: looking things up by role is work that the page would be blamed for. */
export const told = (page: Page, selector: string, text: string): Promise<unknown> =>
  page.waitForFunction(
    ([where, what]) => document.querySelector(where!)?.textContent?.trim().startsWith(what!),
    [selector, text],
    { polling: 100, timeout: 240_000 },
  );
