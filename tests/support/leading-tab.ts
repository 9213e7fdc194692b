/** Which tab's worker leads, as the browser's lock manager has it; and the process that a tab runs in. */
import { expect, type Page, type Worker } from '@playwright/test';
import { processes } from './processes.ts';
import { renderers } from './slow-browser.ts';

const LOCK = 'jinban-leader';

/** Whether this tab's worker holds the lock. The tab must be alive. */
async function leads(page: Page): Promise<boolean> {
  for (const worker of page.workers()) {
    const held = await worker
      .evaluate(async (lock) => {
        const mine = `who-${crypto.randomUUID()}`;
        return navigator.locks.request(mine, async () => {
          const all = (await navigator.locks.query()).held ?? [];
          const id = all.find(({ name }) => name === mine)?.clientId;
          return all.some(({ name, clientId }) => name === lock && clientId === id);
        });
      }, LOCK)
      .catch(() => false);
    if (held) return true;
  }
  return false;
}

/** The tab that leads, once there is one. */
export async function leaderOf(tabs: readonly Page[]): Promise<Page> {
  let found: Page | undefined;
  const look = async (): Promise<boolean> => {
    for (const tab of tabs) if (await leads(tab)) found = tab;
    return found !== undefined;
  };
  await expect.poll(look, { timeout: 90_000 }).toBe(true);
  return found!;
}

/** How many workers hold the lock or wait for it. */
export const atTheLock = (tab: Page): Promise<{ held: number; pending: number }> =>
  tab.evaluate(async (lock) => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const count = (list: LockInfo[]): number => list.filter(({ name }) => name === lock).length;
    return { held: count(held), pending: count(pending) };
  }, LOCK);

function toil(): number {
  let sum = 0;
  for (let i = 0; i < 300_000_000; i++) sum += i % 7;
  return sum;
}

/** The process of a tab, or of a service worker: of all renderers, the one that works when it is told to. */
export async function rendererOf(what: Page | Worker): Promise<number> {
  const before = new Map(processes().map(({ pid, worked }) => [pid, worked]));
  await ('goto' in what ? what.evaluate(toil) : what.evaluate(toil));
  const ours = new Set(renderers());
  const [most] = processes()
    .filter(({ pid }) => ours.has(pid))
    .map(({ pid, worked }) => ({ pid, worked: worked - (before.get(pid) ?? 0) }))
    .sort((one, other) => other.worked - one.worked);
  return most!.pid;
}
