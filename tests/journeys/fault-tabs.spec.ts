/**
 * Five tabs of one computer: one of their workers leads. The leader is frozen (its process is stopped), crashes (its
 * process is killed), is closed. What comes from elsewhere is shown all the same.
 */
import { expect, test, type Page } from '@playwright/test';
import { atTheLock, leaderOf, rendererOf } from '../support/leading-tab.ts';
import { commandsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';
import { VillageHand } from '../support/village-hand.ts';

const TABS = 5;
const row = (tab: Page, id: string) => tab.locator(`a[href*="${id}"]`).first();

test('whatever becomes of the leading tab, the others carry on', async () => {
  await using station = await openStation();
  const { city, office, device, url } = station;
  const list = `${url}/desk/applications`;
  const village = await VillageHand.at(city, office.url);
  await station.page.goto(list);
  let tabs = [station.page];
  const openTab = async (): Promise<void> => {
    const tab = await device.context().newPage();
    await tab.goto(list);
    tabs.push(tab);
  };
  const without = (gone: Page): void => {
    tabs = tabs.filter((tab) => tab !== gone);
  };

  await test.step('fault: five tabs at once → I11: one leads, and each shows what has come', async () => {
    while (tabs.length < TABS) await openTab();
    await leaderOf(tabs);
    await expect.poll(() => atTheLock(tabs[0]!)).toEqual({ held: 1, pending: TABS - 1 });
    const id = await village.hand();
    await tabs[1]!.goto(`${url}/desk/sync`);
    await tabs[1]!.getByRole('button', { name: '立即同步' }).click();
    await tabs[1]!.goto(list);
    for (const tab of tabs) await expect(row(tab, id)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('fault: leader frozen → I11: another takes over within 35 s; thawed, it leaves off', async () => {
    // a process that is stopped answers nobody: not the one that the tabs' service worker lives in
    const [shell] = device.context().serviceWorkers();
    const shellAt = await rendererOf(shell!);
    let leader = await leaderOf(tabs);
    while ((await rendererOf(leader)) === shellAt) {
      without(leader);
      await leader.close();
      leader = await leaderOf(tabs);
    }
    const pid = await rendererOf(leader);
    without(leader);
    for (const tab of tabs) expect(await rendererOf(tab)).not.toBe(pid);
    const id = await village.hand();
    process.kill(pid, 'SIGSTOP');
    try {
      const since = performance.now();
      const next = await leaderOf(tabs);
      console.info(`taken over after ${Math.round((performance.now() - since) / 1000)} s`);
      await expect(row(next, id)).toBeVisible({ timeout: 90_000 });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect(row(leader, id)).toBeVisible({ timeout: 90_000 });
    expect((await atTheLock(leader)).held).toBe(1);
    await leader.close();
  });

  await test.step('fault: leader crashed → I11: another takes over at once', async () => {
    const leader = await leaderOf(tabs);
    const crashed = leader.waitForEvent('crash');
    process.kill(await rendererOf(leader), 'SIGKILL');
    await crashed;
    without(leader);
    await leader.close();
    const id = await village.hand();
    const next = await leaderOf(tabs);
    await expect(row(next, id)).toBeVisible({ timeout: 90_000 });
  });

  await test.step('fault: leader closed → I11: another takes over at once', async () => {
    const leader = await leaderOf(tabs);
    without(leader);
    await leader.close();
    const id = await village.hand();
    await leaderOf(tabs);
    for (const tab of tabs) await expect(row(tab, id)).toBeVisible({ timeout: 90_000 });
  });

  const done = commandsAt(city.dataDir);
  expect(done.map(({ kind, status }) => `${kind} ${status}`)).toEqual(done.map(() => 'receive applied'));
});
