/**
 * The county's time limits: an administrator sees what the county promises against what the law allows, with the numbers it
 * is worked out from, goes to the items behind a figure, takes them along as a file, and looks at the synthetic city.
 */
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { publishRelease } from '#lib/server/catalogue/publish.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore } from '#lib/server/db/store.ts';
import { readItems } from '#lib/server/seed/read-data.ts';
import { itemsOfCounty } from '#lib/server/seed/task-codes.ts';
import { barriers } from '../support/accessibility.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import { CITY_DAY, demoCity } from '../support/demo-city.ts';
import { startOffice } from '../support/office-process.ts';

const COUNTY = '410526000000';
const PETITION = '412046001000';
const SUBSISTENCE = '410511001000';

/** Two more releases for the villages: a petition is answered in 20 days, then a subsistence allowance in 10. */
async function publishQuicker(dataDir: string): Promise<void> {
  const store = await openStore({ path: databasePath(dataDir) });
  const items = itemsOfCounty(readItems(), COUNTY, 'village');
  const promise = (change: Readonly<Record<string, number>>) =>
    items.map((item) => ({ ...item, promisedDays: change[item.code] ?? item.promisedDays }));
  const at = { county: `S${COUNTY}`, level: 'village', by: 'office' } as const;
  const first = promise({ [PETITION]: 20 });
  await publishRelease(store, { ...at, items: first, now: '2026-10-12T01:00:00.000Z' });
  const second = promise({ [PETITION]: 20, [SUBSISTENCE]: 10 });
  await publishRelease(store, { ...at, items: second, now: '2026-11-02T01:00:00.000Z' });
  await store.destroy();
}

async function saved(page: Page, name: RegExp): Promise<{ file: string; lines: string[] }> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name }).click();
  const download = await downloading;
  const text = await readFile(await download.path(), 'utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  return { file: download.suggestedFilename(), lines: text.slice(1).trimEnd().split('\r\n') };
}

test('what a county promises is shown with its numbers, item by item, and handed on', async ({ page }) => {
  await using city = await demoCity();
  await publishQuicker(city.dataDir);
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  await page.setViewportSize({ width: 1366, height: 768 });
  const check = async (where: string) => expect.soft(await barriers(page, where)).toEqual([]);
  try {
    const unknown = await fetch(`${office.url}/county/limits/export/items`, { redirect: 'manual' });
    expect([unknown.status, unknown.headers.get('location')]).toEqual([303, '/county']);

    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await page.getByRole('link', { name: '时限统计' }).click();
    await expect(page.getByText('（Σ法定 1485 − Σ承诺 786） ÷ Σ法定 1485 = 47.07%')).toBeVisible();
    await expect(page.getByText('即办 76 ÷ 全部 298 = 25.5%')).toBeVisible();
    await expect(page.getByText('1 个工作日内 88 ÷ 全部 298 = 29.5%')).toBeVisible();
    await expect(page.getByText('有 2 项各级写的时限不一样')).toBeVisible();
    await page.getByRole('link', { name: '村（社区）' }).click();
    const trend = page.getByRole('region', { name: '历次发布的数字' });
    await expect(trend.getByRole('row')).toHaveText([
      /版/,
      /第 3 版.*2026 年 11 月 2 日.*40\.05%/,
      /第 2 版.*2026 年 10 月 12 日.*36\.22%/,
      /第 1 版.*33\.67%/,
    ]);
    await page.getByRole('link', { name: /^按层级/ }).click();
    const groups = page.getByRole('region', { name: '按层级的时限统计' });
    await expect(groups.getByRole('row', { name: /村（社区）/ })).toContainText('40.05%');
    await check('时限统计');
    const figures = await saved(page, /导出统计表/);
    expect(figures.file).toBe('时限统计.csv');
    expect(figures.lines[1]).toBe('合计,全部事项,298,76,25.5%,88,29.5%,71,227,1485,786,47.07%');

    await page.getByRole('link', { name: '另有 227 项没有写明' }).click();
    await expect(page.getByRole('heading', { name: '227 项，这里是第 1 到 50 项' })).toBeVisible();
    await check('没有写明法定时限的事项');
    await page.getByRole('link', { name: '下一页' }).click();
    await expect(page.getByText('第 2 页，共 5 页')).toBeVisible();
    await page.getByLabel('部门').selectOption('信访局');
    await page.getByLabel('法定时限').selectOption('不限');
    await page.getByRole('button', { name: '查看' }).click();
    await expect(page.getByRole('heading', { name: '1 项，这里是第 1 到 1 项' })).toBeVisible();
    const { file, lines } = await saved(page, /导出这 1 项/);
    expect(file).toBe('事项时限.csv');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`'${PETITION},信访事项登记受理与答复,`);

    await page.getByRole('link', { name: '时限统计' }).first().click();
    await page.getByRole('link', { name: /示例：全市 2185 项/ }).click();
    await expect(page.getByText('这是模拟数据，不是真实事项')).toBeVisible();
    for (const figure of ['95.05%', '76.5%', '94.0%'])
      await expect(page.locator('.num-big', { hasText: figure })).toBeVisible();
    await expect(page.getByText('2022 年的报道印的是 93.9%')).toBeVisible();
    await page.getByRole('link', { name: '看要等更久的 132 项' }).click();
    await expect(page.getByText('【示例】').first()).toBeVisible();
    await expect(page.getByText('第 1 页，共 3 页')).toBeVisible();
  } finally {
    await office.stop();
  }
});
