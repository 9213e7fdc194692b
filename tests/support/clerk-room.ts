/**
 * A township's counter with work on it: an office, a city whose township has been filled, and computers of clerks who are
 * signed in. Everything goes away with it.
 */
import { expect, type Page } from '@playwright/test';
import { browserDevice, type BrowserDevice } from './browser-device.ts';
import { demoCity, type DemoCity } from './demo-city.ts';
import { enrol, signIn } from './desk-steps.ts';
import { fillTownship, peopleOf } from './full-township.ts';
import { runningOffice, type RunningOffice } from './office-process.ts';
import { TOWNSHIP } from './station.ts';

export interface ClerkRoom extends AsyncDisposable {
  city: DemoCity;
  office: RunningOffice;
  /** Names of those with just this role, in order. */
  people(role: string): string[];
  /** Another computer of the counter, on 待办, with that person at it. */
  sitDown(name: string): Promise<{ page: Page; device: BrowserDevice }>;
}

export async function openClerkRoom({ count }: { count: number }): Promise<ClerkRoom> {
  const stack = new AsyncDisposableStack();
  try {
    const city = stack.use(await demoCity());
    if (count > 0) {
      const now = new Date().toISOString();
      await fillTownship(city.dataDir, { township: TOWNSHIP, count, now, people: peopleOf(city) });
    }
    const office = stack.use(await runningOffice({ dataDir: city.dataDir }));
    const held = stack.move();
    return {
      city,
      office,
      people: (role) =>
        city.accounts
          .filter(({ site, roles }) => site.code === TOWNSHIP && roles.length === 1 && roles[0] === role)
          .map(({ name }) => name),
      async sitDown(name) {
        const device = held.use(browserDevice());
        const page = await device.open();
        await enrol(page, office.url, (await city.issueCode(TOWNSHIP)).code);
        await signIn(page, name, city.passphrase);
        await page.waitForURL('**/review**');
        await expect(page.getByRole('navigation', { name: '队列' })).toBeVisible();
        return { page, device };
      },
      [Symbol.asyncDispose]: () => held.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
