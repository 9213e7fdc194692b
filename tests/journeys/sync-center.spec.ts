/** 同步 after days without a network: what waits and how much, a page at a time, by keyboard, on both screens; then all goes. */
import { expect, test } from '@playwright/test';
import { barriers } from '../support/accessibility.ts';
import { readyForOffline } from '../support/desk-steps.ts';
import { pressMany } from '../support/in-page.ts';
import { applicationsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

const COUNT = 45;

test('an agent sees what waits, how much it is, and that it goes when the network is back', async () => {
  await using station = await openStation();
  const { page, office, city, url } = station;
  await readyForOffline(page);
  await office.kill();
  const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
  await pressMany(page, { count: COUNT, code: '410511005000', since });
  await page.goto(`${url}/desk/sync`);
  const now = page.getByRole('region', { name: '现在' });
  const list = page.getByRole('region', { name: '等着送的' });
  const rows = list.getByRole('listitem');

  await test.step('the sum is told apart for text and photos, and nobody promises a time without a line', async () => {
    await expect(now.getByText(/^还有 45 件，\d+ KB。没有网，联上以后自动送。$/)).toBeVisible({
      timeout: 20_000,
    });
    await expect(now.getByText(/^45 件、45 步，\d+ KB，先送$/)).toBeVisible();
    await expect(now.getByText('没有等着送的', { exact: true })).toBeVisible();
  });

  await test.step('the list grows by a page at a press of the keyboard, first what goes first', async () => {
    await expect(rows).toHaveCount(20);
    await expect(rows.first()).toHaveText(/^\s*\S\*例·老年人高龄津贴认定\s*收件·[\d.]+ KB·.+存下/);
    const more = list.getByRole('button', { name: '再看 20 件' });
    await more.focus();
    await page.keyboard.press('Enter');
    await expect(rows).toHaveCount(40);
    await expect(more).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(rows).toHaveCount(COUNT);
    await expect(more).toBeHidden();
  });

  await test.step('nobody is kept out, on the computer and on the tablet, in both prints', async () => {
    expect.soft(await barriers(page, '同步，离线')).toEqual([]);
    await page.setViewportSize({ width: 800, height: 1280 });
    expect.soft(await barriers(page, '同步，离线，平板')).toEqual([]);
  });

  await test.step('the network is back: everything goes by itself, and is listed as arrived today', async () => {
    await office.start();
    await page.getByRole('button', { name: '立即同步' }).click();
    await expect(page.getByText('都送到了。', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(list).toBeHidden();
    const arrived = page.getByRole('region', { name: '今天送到的' });
    await expect(arrived.getByRole('listitem')).toHaveCount(20);
    expect(applicationsAt(city.dataDir)).toHaveLength(COUNT);
  });
});
