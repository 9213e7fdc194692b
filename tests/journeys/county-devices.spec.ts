/**
 * The county administrator's story: gives a village a one-time code over the telephone, sees its computer arrive, and takes
 * it out of use when it is lost.
 */
import { expect, test, type Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { browserDevice } from '../support/browser-device.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import { demoCity } from '../support/demo-city.ts';
import { enrol, signIn } from '../support/desk-steps.ts';
import { startOffice } from '../support/office-process.ts';

const VILLAGE = '410526102213';

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

test('an administrator gives a code, sees the computer, and takes it out of use', async ({ page }) => {
  await using city = await demoCity();
  await using village = browserDevice();
  const office = await startOffice({ dataDir: city.dataDir });
  const agent = city.accounts.find((account) => account.site.code === VILLAGE)!;
  try {
    await signInAtCounty(page, office.url, 'huaxian', 'not the passphrase');
    await expect(page.getByRole('alert')).toContainText('登录名或口令不对');
    await expectAccessible(page);
    await page.getByLabel('口令').fill(city.passphrase);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('link', { name: '设备', exact: true }).click();
    await expect(page.getByText('本县还没有登记过设备')).toBeVisible();

    await page.getByLabel('站点名称或代码').fill('白道口 许村');
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('button', { name: '给白道口镇许村开登记码' }).click();
    const code = await page.locator('[data-code]').textContent();
    expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(page.url()).not.toContain(code);
    await expectAccessible(page);

    const desk = await village.open();
    await enrol(desk, office.url, code!);
    await signIn(desk, agent.name, city.passphrase);

    await page.goto(`${office.url}/county/devices`);
    await expect(page.locator('[data-code]')).toHaveCount(0);
    await page.getByRole('link', { name: '白道口镇许村·设备 001' }).click();
    await page.getByRole('button', { name: '停用设备 001' }).click();
    await expect(page.getByRole('alert')).toContainText('请选停用的原因');
    await page.getByLabel('丢了或被盗').check();
    await page.getByLabel(/我已打电话/).check();
    await page.getByRole('button', { name: '停用设备 001' }).click();
    await expect(page.getByText('这台设备已停用')).toBeVisible();
    await expectAccessible(page);

    const staff = await desk.evaluate(async () => (await fetch('/api/auth/staff')).status);
    expect(staff).toBe(403);

    await page.getByRole('button', { name: '退出' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('县管理员登录');
    await page.goto(`${office.url}/county/devices`);
    await expect(page).toHaveURL(`${office.url}/county`);
  } finally {
    await office.stop();
  }
});
