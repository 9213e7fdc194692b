/** The offline half of the main story on the browser floor: a real Chromium 109, the last one for Windows 7. */
import { expect, test, type Page } from '@playwright/test';
import { beginItem, fillAllowance, pill, readyForOffline, signAndSubmit } from '../support/desk-steps.ts';
import { floorChromium } from '../support/floor-chromium.ts';
import { applicationsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

const receiptNumber = async (page: Page): Promise<string> =>
  ((await page.locator('.paper-code').first().textContent()) ?? '').replaceAll(' ', '');

test('on Chromium 109 an application is taken without the office, survives a restart, and arrives', async () => {
  await using station = await openStation({ executablePath: await floorChromium() });
  const { office, city } = station;
  let { page } = station;
  expect(await page.evaluate(() => navigator.userAgent)).toContain('Chrome/109.');
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await readyForOffline(page);

  let id = '';
  await test.step('the office is down: search, guide, six steps, receipt', async () => {
    await office.kill();
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    await fillAllowance(page);
    id = await signAndSubmit(page);
    await expect(pill(page, '仅存本机')).toBeVisible();
    await expect(page.getByText('本凭证不代表受理').first()).toBeVisible();
  });
  const number = await receiptNumber(page);

  await test.step('the browser is closed and opened again, still without the office', async () => {
    page = await station.reopen(`/desk/receipt/${id}`);
    page.on('pageerror', (error) => faults.push(error.message));
    await page.waitForURL(`**/desk/receipt/${id}`);
    await expect(pill(page, '仅存本机')).toBeVisible();
    expect(await receiptNumber(page)).toBe(number);
  });

  await test.step('the office returns: it arrives by itself', async () => {
    await office.start();
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    expect(applicationsAt(city.dataDir)).toMatchObject([{ id, receiptNumber: number }]);
  });
  expect(faults).toEqual([]);
});
