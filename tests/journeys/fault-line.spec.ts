/** A poor line, one that carries one way only, and clocks that are wrong: it goes on, is told, and nothing comes twice. */
import { expect, test } from '@playwright/test';
import {
  beginItem,
  drawSignature,
  fillAllowance,
  pill,
  readyForOffline,
  signAndSubmit,
} from '../support/desk-steps.ts';
import { applicationsAt, commandsAt } from '../support/office-book.ts';
import { startOffice } from '../support/office-process.ts';
import { roughLine, type RoughLine } from '../support/rough-line.ts';
import { openStation } from '../support/station.ts';
import { VillageHand } from '../support/village-hand.ts';

const HOUR_MS = 3_600_000;

test('a village at the end of a poor line, with a clock that is wrong', async () => {
  let line!: RoughLine;
  let port = 0;
  await using station = await openStation({
    front: async (office) => {
      port = Number(new URL(office.url).port);
      line = await roughLine(() => port);
      return line.url;
    },
  });
  await using _line = line;
  const { city, office, page, url } = station;
  await readyForOffline(page);
  const village = await VillageHand.at(city, office.url);
  const kinds = () => commandsAt(city.dataDir).map(({ kind, status }) => `${kind} ${status}`);

  let id = '';
  await test.step('fault: 64 kbit/s and 800 ms; 10 % loss → it goes up and comes down all the same, once', async () => {
    line.is = 'rough';
    const others = [await village.hand(), await village.hand()];
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    await fillAllowance(page);
    id = await signAndSubmit(page);
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 120_000 });
    await page.goto(`${url}/desk/applications`);
    for (const other of others)
      await expect(page.locator(`a[href*="${other}"]`).first()).toBeVisible({ timeout: 120_000 });
    expect(applicationsAt(city.dataDir)).toHaveLength(3);
  });

  await test.step('fault: one-way partition → it times out and asks again; when it heals, nothing has come twice', async () => {
    line.is = 'oneWay';
    await page.goto(`${url}/desk/applications/${id}`);
    await page.getByRole('button', { name: '申请人要撤回' }).click();
    await page.getByLabel('为什么撤回').fill('家里人说先不办');
    await drawSignature(page);
    line.asked = 0;
    await page.getByRole('button', { name: '撤回这件申请' }).click();
    await expect(page.getByText('已撤回').first()).toBeVisible();
    await expect.poll(kinds, { timeout: 90_000 }).toContain('withdraw applied');
    await expect.poll(() => line.asked, { timeout: 120_000 }).toBeGreaterThan(1);
    await expect(pill(page, '已送达')).toBeHidden();
    line.is = 'good';
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 120_000 });
    expect(kinds()).toEqual(['receive applied', 'receive applied', 'receive applied', 'withdraw applied']);
  });

  /** The office comes back with a clock that is `laterMs` later than this computer's. */
  const tellsOfClock = async (laterMs: number): Promise<void> => {
    await office.kill();
    const now = new Date(Date.now() + laterMs).toISOString();
    const other = await startOffice({ dataDir: city.dataDir, port, now });
    try {
      await page.goto(`${url}/desk/sync`);
      await page.getByRole('button', { name: '立即同步' }).click();
      await expect(page.getByText('这台电脑的时间不准')).toBeVisible({ timeout: 120_000 });
      const taken = await village.hand();
      await page.getByRole('button', { name: '立即同步' }).click();
      await page.goto(`${url}/desk/applications`);
      await expect(page.locator(`a[href*="${taken}"]`).first()).toBeVisible({ timeout: 120_000 });
    } finally {
      await other.kill();
    }
  };
  await test.step('fault: clock two hours ahead → a banner; what comes is taken and shown as ever', () =>
    tellsOfClock(-2 * HOUR_MS));
  await test.step('fault: clock a year back → a banner; what comes is taken and shown as ever', () =>
    tellsOfClock(365 * 24 * HOUR_MS));
});
