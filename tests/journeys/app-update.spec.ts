/** The office gets a new version while a form is half filled: nothing changes until the person agrees, nothing is lost. */
import { expect, test, type Page } from '@playwright/test';
import { beginItem, readyForOffline, VILLAGER } from '../support/desk-steps.ts';
import { nextBuild, versionOf } from '../support/next-build.ts';
import { openStation } from '../support/station.ts';

const notice = (page: Page) => page.getByText('近办有新版');
const program = (page: Page) => page.locator('section').filter({ hasText: '版本与时钟' });

test('fault: old tab across a deploy → a new version waits for consent and takes over with every typed character', async () => {
  const next = await nextBuild();
  const running = versionOf(process.env.BUILD_DIR ?? 'build');
  await using station = await openStation();
  const { office, device, page } = station;
  await readyForOffline(page);
  await beginItem(page, 'gljt', '老年人高龄津贴认定');
  await page.goto(`${page.url()}/applicant`);
  await page.getByLabel('申请人姓名').fill(VILLAGER.name);
  await page.getByLabel('住址').click();
  await page.keyboard.type('白道口镇');
  const loaded = await page.evaluate(() => performance.timeOrigin);

  await test.step('the office goes and comes back on the new version; the desk finds it by itself', async () => {
    await office.kill();
    await device.context().setOffline(true);
    await expect(page.getByText('离线', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
    await office.start(next);
    await device.context().setOffline(false);
    await expect(notice(page)).toBeVisible({ timeout: 60_000 });
  });

  await test.step('nothing changes yet: not this page, and not a tab that is opened now', async () => {
    await expect(page.getByLabel('住址')).toHaveValue('白道口镇');
    const tab = await device.context().newPage();
    await tab.goto(`${office.url}/desk/sync`);
    await expect(program(tab)).toContainText(running);
    await expect(notice(tab)).toBeVisible();
    await tab.close();
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  });

  await test.step('换上新版, pressed in the middle of typing', async () => {
    await page.getByLabel('住址').click();
    await page.keyboard.press('End');
    await page.keyboard.type('许村一组');
    await page.getByRole('button', { name: '换上新版' }).click();
    await expect.poll(() => page.evaluate(() => performance.timeOrigin).catch(() => loaded)).not.toBe(loaded);
    await expect(page.getByLabel('住址')).toHaveValue('白道口镇许村一组');
    await expect(page.getByLabel('申请人姓名')).toHaveValue(VILLAGER.name);
    await expect(page.getByLabel('申请人姓名')).toBeEnabled();
    await expect(notice(page)).toBeHidden();
  });

  await test.step('the new version runs, also without the office', async () => {
    await office.kill();
    await page.goto(`${office.url}/desk/sync`);
    await expect(program(page)).toContainText('next');
  });
});
