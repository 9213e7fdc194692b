/**
 * The county's list: an administrator brings a workbook into the working list, having seen every difference and every
 * problem first; edits an item beside the form that the agent will see; and is told when somebody else was faster.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { sheetsOfCounty } from '#lib/server/seed/task-codes.ts';
import { readItems } from '#lib/server/seed/read-data.ts';
import { listBook } from '#lib/server/county/list-files.ts';
import { readSheet, saveSheets } from '#lib/server/county/working-list.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore } from '#lib/server/db/store.ts';
import { readWorkbook, writeWorkbook } from '#lib/server/workbook/run-worker.ts';
import { barriers } from '../support/accessibility.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import { CITY_DAY, demoCity } from '../support/demo-city.ts';
import { startOffice } from '../support/office-process.ts';

const COUNTY = 'S410526000000';
const WORKBOOKS = join(import.meta.dirname, '../support/workbooks');
const [FIRST, SECOND] = sheetsOfCounty(readItems(), '410526000000');
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The county's list with the address of the first item changed and the second one's visits made nonsense. */
async function changedWorkbook(): Promise<Buffer> {
  const [items] = listBook([FIRST!, SECOND!]);
  const at = (heading: string): number => items!.rows[0]!.indexOf(heading);
  const rows = items!.rows.map((row) => [...row]);
  rows[1]![at('办理地点')] = '一楼大厅 3 号窗';
  rows[1]![at('受理条件')] = '年满16周岁的城乡居民。';
  rows[2]![at('到办事现场次数')] = '很多';
  return Buffer.from(await writeWorkbook([{ name: '事项', rows }]));
}

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel(/Excel 工作簿/).setInputFiles({ name, mimeType: XLSX, buffer });
  await page.getByRole('button', { name: '上传并读取' }).click();
}

async function download(page: Page, name: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  return readFile(await (await downloading).path());
}

test('a workbook is read, tried and confirmed; nothing is written before', async ({ page }) => {
  await using city = await demoCity();
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  const check = async (where: string) => expect.soft(await barriers(page, where)).toEqual([]);
  const first = () => city.read((trx) => readSheet(trx, COUNTY, FIRST!.item.code));
  try {
    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await page.getByRole('link', { name: '事项清单' }).click();
    await expect(page.getByRole('heading', { name: '全部事项：298 项' })).toBeVisible();
    await check('事项清单');

    await page.getByRole('link', { name: '导入' }).click();
    await upload(page, '旧清单.xls', await readFile(join(WORKBOOKS, 'old-excel.xls')));
    await expect(page.getByRole('link', { name: /旧版 Excel（.xls）文件.*另存为/ })).toBeVisible();
    await check('导入');

    await upload(page, '清单.xlsx', await changedWorkbook());
    await expect(page.getByRole('heading', { name: '对上各列' })).toBeVisible();
    await check('对上各列');
    await page.getByRole('button', { name: '试算（不写入）' }).click();
    await expect(page.getByRole('heading', { name: '会改的事项：1 项' })).toBeVisible();
    await expect(page.getByRole('row', { name: /到办事现场次数 很多 应是数字/ })).toBeVisible();
    await expect(page.getByRole('row', { name: /办理地点 .* 一楼大厅 3 号窗/ })).toBeVisible();
    await check('试算结果');
    const told = await readWorkbook(await download(page, '下载问题清单（.xlsx）'), 'a.xlsx');
    expect(told.ok && told.sheets[0]!.rows[1]).toEqual([
      '事项',
      '3',
      expect.stringMatching(/^[A-Z]+3$/),
      '到办事现场次数',
      '很多',
      '应是数字，现在是“很多”',
    ]);
    expect((await first())!.rev).toBe(1);

    await page.getByRole('button', { name: '确认写入 1 项' }).click();
    await expect(page.getByText('改到了锁定的要素，要写依据')).toBeVisible();
    await page.getByLabel('改锁定要素的依据').fill('安政数〔2026〕8号');
    await page.getByRole('button', { name: '确认写入 1 项' }).click();
    await expect(page.getByText('已写入 1 项')).toBeVisible();
    expect(await first()).toMatchObject({
      rev: 2,
      sheet: { standard: { address: '一楼大厅 3 号窗', version: 2 } },
    });

    // what is exported is what is there: imported again, it changes nothing
    const exported = await download(page, '导出');
    await page.getByRole('link', { name: '导入' }).click();
    await upload(page, '导出.xlsx', exported);
    await page.getByRole('button', { name: '试算（不写入）' }).click();
    await expect(page.getByRole('heading', { name: '会改的事项：0 项' })).toBeVisible();
    await expect(page.getByText('298 项')).toBeVisible();
  } finally {
    await office.stop();
  }
});

test('an item is edited beside the agent’s form; the other’s change is kept beside one’s own', async ({
  page,
}) => {
  await using city = await demoCity();
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  const { code } = FIRST!.item;
  try {
    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await page.getByRole('link', { name: '事项清单' }).click();
    await page.getByLabel('找事项').fill(code);
    await page.getByRole('button', { name: '查找' }).click();
    await page.getByRole('link', { name: /城乡居民基本养老保险参保登记/ }).click();
    await expect(page.getByRole('heading', { name: '代办员看到的' })).toBeVisible();
    expect.soft(await barriers(page, '编辑事项')).toEqual([]);

    const preview = page.getByRole('region', { name: '代办员看到的' });
    await expect(preview.getByText('首次缴费年度')).toBeVisible();
    await page.getByRole('tab', { name: /表单/ }).click();
    await page.getByText('2. 首次缴费年度').click();
    await page.getByLabel('填写项').nth(1).fill('从哪一年起缴');
    await expect(preview.getByLabel('从哪一年起缴')).toBeVisible();

    // somebody else, in another office process, meanwhile
    const store = await openStore({ path: databasePath(city.dataDir) });
    const listed = await store.read((trx) => readSheet(trx, COUNTY, code));
    const theirs = { ...listed!.sheet, standard: { ...listed!.sheet.standard, hours: '周六也办' } };
    const writing = { county: COUNTY, by: 'office', now: CITY_DAY, how: 'edited' } as const;
    expect(await saveSheets(store, [{ sheet: theirs, rev: 1 }], writing)).toEqual({ is: 'written' });
    await store.destroy();

    await page.getByRole('button', { name: '存进工作清单' }).click();
    await expect(page.getByText('别人刚改过这一项')).toBeVisible();
    await page.getByRole('button', { name: '存进工作清单' }).click();
    await expect(page.getByText('已存进工作清单')).toBeVisible();
    const now = await city.read((trx) => readSheet(trx, COUNTY, code));
    expect(now).toMatchObject({ rev: 3, sheet: { standard: { hours: '周六也办' } } });
    expect(now!.sheet.item.form[1]!.label).toBe('从哪一年起缴');

    // a rule that is broken is told at its field, and nothing is stored
    await page.getByRole('tab', { name: /事项/ }).click();
    await page.getByText('本地信息').click();
    await page.getByLabel('监督投诉电话').fill('0372-0000000');
    await page.getByRole('button', { name: '存进工作清单' }).click();
    await expect(page.getByRole('link', { name: '监督投诉电话不能和咨询电话一样' })).toBeVisible();
    expect((await city.read((trx) => readSheet(trx, COUNTY, code)))!.rev).toBe(3);
  } finally {
    await office.stop();
  }
});

test('a county that published before it kept a list begins it with what it published', async ({ page }) => {
  await using city = await demoCity();
  const store = await openStore({ path: databasePath(city.dataDir) });
  await store.write((trx) => trx.deleteFrom('list_item').where('county', '=', COUNTY).execute());
  await store.destroy();
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  try {
    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await page.getByRole('link', { name: '事项清单' }).click();
    await expect(page.getByText('清单还是空的')).toBeVisible();
    expect.soft(await barriers(page, '空清单')).toEqual([]);
    await page.getByRole('button', { name: '用已发布的 298 项' }).click();
    await expect(page.getByText('已写入 298 项')).toBeVisible();
    await expect(page.getByRole('heading', { name: '全部事项：298 项' })).toBeVisible();
  } finally {
    await office.stop();
  }
});
