/**
 * The browser's storage in trouble: it promises nothing, is full, is cleared, lies broken on the disk. What was typed stays on
 * the screen, people are told plainly, and a computer that has lost everything gets back what the office has.
 */
import { readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { beginItem, enrol, pill, readyForOffline, signIn, VILLAGER } from '../support/desk-steps.ts';
import { openStation, VILLAGE } from '../support/station.ts';
import { VillageHand } from '../support/village-hand.ts';

/** Files of IndexedDB in a profile of a closed browser. */
const databaseFiles = (profile: string): string[] => {
  const folder = join(profile, 'Default/IndexedDB');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
};

test('storage that is refused, full, cleared or broken: nothing is lost silently, and the way out works', async () => {
  await using station = await openStation();
  const { city, device, url, agent } = station;
  let { page } = station;
  const origin = new URL(url).origin;
  const speak = () => device.context().newCDPSession(page);
  const village = await VillageHand.at(city, url);
  const ids = [await village.hand(), await village.hand()];
  const row = (on: Page, id: string) => on.locator(`a[href*="${id}"]`).first();
  /** Enrolled anew with a code of the county's, it is sent what the office has. */
  const enrolAnew = async (): Promise<void> => {
    await enrol(page, url, (await city.issueCode(VILLAGE)).code);
    await signIn(page, agent, city.passphrase);
    await page.goto(`${url}/desk/applications`);
    for (const id of ids) await expect(row(page, id)).toBeVisible({ timeout: 60_000 });
  };
  await readyForOffline(page);

  await test.step('fault: persist() denied → said before the first draft; granted, nothing is said', async () => {
    await page.goto(`${url}/desk/sync`);
    await expect(page.getByText('浏览器没有答应长期保留')).toBeVisible({ timeout: 60_000 });
    const browser = await speak();
    await browser.send('Browser.grantPermissions', { permissions: ['durableStorage'], origin });
    await page.getByRole('button', { name: '锁定' }).click();
    await page.waitForURL(/unlock/);
    await signIn(page, agent, city.passphrase);
    await expect.poll(() => page.evaluate(() => navigator.storage.persisted())).toBe(true);
  });

  await test.step('fault: quota full → 没有存上 is said, the text stays, and is saved when there is room', async () => {
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    const draft = page.url();
    await page.goto(`${draft}/applicant`);
    await page.getByLabel('申请人姓名').fill(VILLAGER.name);
    await expect(page.getByText(/^已保存在本机/)).toBeVisible();
    const quota = await speak();
    await quota.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    // the browser looks at its quota now and then only: typed on until it notices
    let typed = '';
    await expect(async () => {
      typed = `${VILLAGER.address}${typed.length}`;
      await page.getByLabel('住址').fill(typed);
      await expect(page.getByText('没有存上')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 90_000 });
    await expect(page.getByText('这台电脑留给近办的地方满了')).toBeVisible();
    await expect(page.getByLabel('住址')).toHaveValue(typed);
    await quota.send('Storage.overrideQuotaForOrigin', { origin });
    await page.getByRole('button', { name: '再存一次' }).click();
    await expect(page.getByText('没有存上')).toBeHidden();
    await page.goto(`${draft}/applicant`);
    await expect(page.getByLabel('住址')).toHaveValue(typed);
    await expect(page.getByLabel('申请人姓名')).toHaveValue(VILLAGER.name);
  });

  await test.step('fault: site data cleared → enrolled anew, it lists what the office has', async () => {
    const browser = await speak();
    await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await page.goto(`${url}/desk`);
    await page.waitForURL(/\/enrol/);
    await enrolAnew();
    await expect(pill(page, '需处理')).toBeHidden();
  });

  await test.step('fault: backing store lost → its files cut short under a closed browser: said, and enrolled anew', async () => {
    for (const harm of ['cut short', 'gone'] as const) {
      await device.close();
      const files = databaseFiles(device.profile);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        if (harm === 'gone') rmSync(file);
        else truncateSync(file, 10);
      }
      page = await device.open();
      await page.goto(`${url}/desk`);
      await page.waitForURL(/\/enrol/);
      ids.push(await village.hand());
      await enrolAnew();
    }
  });
});
