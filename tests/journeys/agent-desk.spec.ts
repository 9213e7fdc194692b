/**
 * A village agent's desk over a morning: a draft thrown away by mistake, an application that comes back and is handed over,
 * receipts that are scanned, and the month's ledger; with the network and without.
 */
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { buildReceiptNumber } from '#lib/domain/receipt-number.ts';
import { barriers } from '../support/accessibility.ts';
import { FALSE_CAMERA } from '../support/browser-device.ts';
import {
  beginItem,
  drawSignature,
  fillAllowance,
  pill,
  signAndSubmit,
  VILLAGER,
} from '../support/desk-steps.ts';
import { cameraShows, showToCamera } from '../support/false-camera.ts';
import { openStation } from '../support/station.ts';
import { TownshipHand } from '../support/township-hand.ts';

const ITEM = '老年人高龄津贴认定';
/** A picture without a code. */
const PICTURE = 'static/icons/icon-192.png';

const check = async (page: Page, where: string) => expect.soft(await barriers(page, where)).toEqual([]);
const row = (page: Page, name: RegExp | string) =>
  page.getByRole('listitem').filter({ hasText: name }).first();

/** What the device does by itself seven days after an application was closed. */
const clearAway = (page: Page, id: string): Promise<void> =>
  page.evaluate(
    (key) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('jinban');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const writing = opening.result.transaction(['applications', 'outbox'], 'readwrite');
          writing.objectStore('applications').delete(key);
          writing.objectStore('outbox').clear();
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    id,
  );

/** A link on a page, and what the page that it leads to is called. */
async function follow(page: Page, link: RegExp | string, heading: RegExp | string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: link }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

test('a morning at the desk: drafts and bin, correction, scanning, delivery, ledger', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-scan-'));
  using _folder = { [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
  const video = join(folder, 'receipt.y4m');
  await using station = await openStation({ args: [...FALSE_CAMERA, cameraShows(video)] });
  const { page, url, city } = station;

  await test.step('nothing to do yet: every number leads somewhere', async () => {
    await expect(page.getByText('手头没有要办的')).toBeVisible();
    await check(page, '工作台，什么都没有');
    await follow(page, /^草稿/, '草稿');
    await expect(page.getByText('没有草稿')).toBeVisible();
    await check(page, '草稿，没有');
    await page.getByRole('link', { name: '回收站' }).click();
    await expect(page.getByText('回收站是空的')).toBeVisible();
    await page.goto(`${url}/desk/ledger`);
    await expect(page.getByText('这个月没有办过的件')).toBeVisible();
    await check(page, '台账，没有');
  });

  await test.step('on a tablet held upright an item that was tapped takes the place of the list', async () => {
    const begin = page.getByRole('button', { name: '开始代办' });
    const other = page.getByRole('link', { name: /社会保障卡申领/ });
    await page.setViewportSize({ width: 800, height: 1280 });
    await page.goto(`${url}/desk/items`);
    await other.click();
    await expect(page.getByRole('heading', { name: '社会保障卡申领', level: 2 })).toBeInViewport();
    await expect(begin).toBeInViewport();
    await check(page, '指南，竖着的平板');
    await page.getByRole('link', { name: '回清单' }).click();
    await expect(other).toBeVisible();
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  await test.step('a draft thrown away by mistake comes back; in the bin it is kept, restored, deleted for good', async () => {
    await beginItem(page, 'gljt', ITEM);
    await page.goto(`${url}/desk/drafts`);
    await page.getByRole('button', { name: /^放弃 / }).click();
    await expect(page.getByText('草稿已放进回收站')).toBeVisible();
    await page.getByRole('button', { name: '撤回放弃' }).click();
    await expect(row(page, ITEM)).toBeVisible();
    await page.getByRole('searchbox').fill('社保');
    await expect(page.getByText('没有找到')).toBeVisible();
    await page.getByRole('searchbox').fill('gljt');
    await expect(row(page, ITEM)).toBeVisible();
    await check(page, '草稿');

    await page.getByRole('button', { name: /^放弃 / }).click();
    await page.getByRole('link', { name: '看回收站' }).click();
    await expect(page.getByText('还剩 30 天')).toBeVisible();
    await check(page, '回收站');
    await page.getByRole('button', { name: /^恢复 / }).click();
    await expect(page.getByText('回收站是空的')).toBeVisible();
    await page.getByRole('link', { name: /^草稿/ }).first().click();
    await page.getByRole('button', { name: /^放弃 / }).click();
    await page.getByRole('link', { name: '看回收站' }).click();
    await page.getByRole('button', { name: /^彻底删除 / }).click();
    const sure = page.getByRole('dialog', { name: '彻底删除这份草稿？' });
    await sure.getByRole('button', { name: '不删' }).click();
    await expect(row(page, ITEM)).toBeVisible();
    await page.getByRole('button', { name: /^彻底删除 / }).click();
    await sure.getByRole('button', { name: '彻底删除' }).click();
    await expect(page.getByText('回收站是空的')).toBeVisible();
  });

  let id = '';
  let receipt: Buffer = Buffer.alloc(0);
  let receiptNumber = '';
  await test.step('an application is received, and its receipt has a code', async () => {
    await beginItem(page, 'gljt', ITEM);
    await fillAllowance(page);
    id = await signAndSubmit(page);
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    receipt = await page.getByRole('img', { name: '查询二维码' }).first().screenshot();
    await showToCamera(video, receipt);
  });

  const township = await TownshipHand.at(city, url);
  receiptNumber = (await township.look(id)).state.receiptNumber;

  await test.step('it is found by name, number and pinyin', async () => {
    await page.goto(`${url}/desk/applications`);
    const box = page.getByRole('searchbox');
    for (const words of [VILLAGER.name, receiptNumber.slice(-5), 'gljt', '长寿']) {
      await box.fill(words);
      await expect(row(page, ITEM)).toBeVisible();
    }
    await box.fill('李');
    await expect(page.getByText('没有找到')).toBeVisible();
    await page.getByRole('button', { name: '看全部' }).click();
    await page.getByLabel('事项', { exact: true }).selectOption({ label: ITEM });
    await expect(row(page, ITEM)).toBeVisible();
    await check(page, '我的办件');
  });

  await test.step('a picture of the receipt, the camera, a scanner that types, and the hand open it', async () => {
    const opened = async (): Promise<void> => {
      await page.waitForURL(`**/desk/applications/${id}`);
      await expect(page.getByRole('heading', { name: '经过' })).toBeVisible();
    };
    await page.goto(`${url}/desk`);
    await follow(page, '扫凭证', '扫凭证');
    await page
      .getByLabel('选凭证的照片')
      .setInputFiles({ name: '凭证.png', mimeType: 'image/png', buffer: receipt });
    await opened();
    // a camera that was allowed before opens by itself, and nothing has to be pressed
    await page.goto(`${url}/desk/scan`);
    await opened();
    await showToCamera(video, readFileSync(PICTURE));
    await page.goto(`${url}/desk/scan`);
    await page.getByRole('textbox', { name: '凭证号' }).fill(receiptNumber);
    await page.keyboard.press('Enter');
    await opened();
  });

  await test.step('codes of others, half a number, a picture of nothing: said plainly', async () => {
    await page.goto(`${url}/desk/scan`);
    const typed = page.getByRole('textbox', { name: '凭证号' });
    await typed.fill(receiptNumber.slice(0, 20));
    await page.keyboard.press('Enter');
    await expect(page.getByText('凭证号是 28 位数字，现在 20 位')).toBeVisible();
    const foreign = { site: '410526102201', day: '2026-09-18', device: '001', serial: 1 };
    await typed.fill(buildReceiptNumber(foreign));
    await page.keyboard.press('Enter');
    await expect(page.getByText('这件不归本站')).toBeVisible();
    await page.getByLabel('选凭证的照片').setInputFiles(PICTURE);
    await expect(page.getByText('照片里没有认出二维码')).toBeVisible();
    await check(page, '扫凭证');
  });

  await test.step('the township asks for what is missing: it stands first, with its days', async () => {
    await township.askForMissing(id);
    await page.goto(`${url}/desk`);
    await page.reload();
    await expect(page.getByRole('link', { name: /^待补正.*最早的.*1$/ })).toBeVisible({ timeout: 60_000 });
    await check(page, '工作台，有要补的');
    await follow(page, /^待补正/, '我的办件');
    await row(page, ITEM).getByRole('link').click();
    await page.getByRole('button', { name: '居民户口簿已收' }).click();
    await page.getByRole('button', { name: '补正到齐，送回乡镇' }).click();
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    await expect.poll(async () => (await township.look(id)).state.state, { timeout: 60_000 }).toBe('pending');
  });

  await test.step('decided at the township, handed over in the village', async () => {
    await township.decide(id);
    await page.goto(`${url}/desk`);
    await expect(page.getByRole('link', { name: /^待送达.*1$/ })).toBeVisible({ timeout: 60_000 });
    await follow(page, /^待送达/, '我的办件');
    await expect(row(page, '结果还在乡镇')).toBeVisible();
    await row(page, ITEM).getByRole('link').click();
    await page.getByRole('button', { name: '结果已到站' }).click();
    await expect(page.getByText(/结果 .*到站，.*收下/)).toBeVisible();
    await check(page, '办件详情，待送达');
    await drawSignature(page);
    await page.getByRole('button', { name: '已交给领取人' }).click();
    await expect.poll(async () => (await township.look(id)).state.state, { timeout: 60_000 }).toBe('settled');
    await page.goto(`${url}/desk`);
    await expect(page.getByRole('link', { name: /^今日办结.*1$/ })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('the ledger counts it, down to the application', async () => {
    await follow(page, /^今日办结/, /^台账·/);
    await expect(page.getByText('乡镇和本机的都在这里')).toBeVisible();
    const sums = page.getByRole('region', { name: '本月数目' });
    const cells = await sums.getByRole('row').filter({ hasText: ITEM }).getByRole('cell').allTextContents();
    expect(cells.map((text) => text.trim()).slice(0, 4)).toEqual(['1', '1', '1', '1']);
    await check(page, '台账');
    await page.getByRole('link', { name: '按经手人' }).click();
    await expect(sums.getByRole('row').filter({ hasText: station.agent })).toBeVisible();
    await page.getByRole('link', { name: /^办结/ }).click();
    await page
      .getByRole('region', { name: '逐件表格' })
      .getByRole('link', { name: new RegExp(ITEM) })
      .click();
    await page.waitForURL(`**/desk/applications/${id}`);
  });

  const exported = async (): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出', exact: true }).click(),
    ]);
    return readFileSync(await download.path(), 'utf8');
  };
  await test.step('as a file: masked; in full for a reason, which the office keeps', async () => {
    await page.goto(`${url}/desk/ledger`);
    await expect(page.getByText('乡镇和本机的都在这里')).toBeVisible();
    await page.getByRole('button', { name: '导出表格' }).click();
    await check(page, '台账，导出');
    const masked = await exported();
    expect(masked.charCodeAt(0)).toBe(0xfeff);
    expect(masked).toContain('王*例');
    expect(masked).not.toContain(VILLAGER.name);
    expect(masked).not.toContain(VILLAGER.idNumber);
    await page.getByRole('radio', { name: /^全号/ }).check();
    await expect(page.getByText('请选看全号的用途')).toBeVisible();
    await page.getByRole('combobox', { name: /^用途/ }).selectOption('上级检查');
    const full = await exported();
    expect(full).toContain(VILLAGER.name);
    expect(full).toContain(`'${VILLAGER.idNumber}`);
  });

  await test.step('with the office dead: the ledger says what it lacks, nothing in full, scanning still works', async () => {
    await station.office.kill();
    await page.goto(`${url}/desk/ledger`);
    await expect(page.getByText('没有连上乡镇，只有本机留着的')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('region', { name: '本月数目' }).getByText(ITEM)).toBeVisible();
    await check(page, '台账，没有网');
    await page.getByRole('button', { name: '导出表格' }).click();
    await page.getByRole('radio', { name: /^全号/ }).check();
    await page.getByRole('combobox', { name: /^用途/ }).selectOption('上级检查');
    await page.getByRole('button', { name: '导出', exact: true }).click();
    await expect(page.getByText('没有导出来')).toBeVisible();
    await page.goto(`${url}/desk/scan`);
    await page
      .getByLabel('选凭证的照片')
      .setInputFiles({ name: '凭证.png', mimeType: 'image/png', buffer: receipt });
    await page.waitForURL(`**/desk/applications/${id}`);
  });

  await test.step('what was cleared away after seven days is asked for, shown and not kept', async () => {
    await station.office.start();
    await clearAway(page, id);
    await page.goto(`${url}/desk/applications/${id}`);
    await expect(page.getByText('这件本机不留，是刚从乡镇查来的')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('heading', { name: '经过' })).toBeVisible();
    await check(page, '办件详情，从乡镇查来');
    await page.goto(`${url}/desk/scan`);
    await page.getByRole('textbox', { name: '凭证号' }).fill(receiptNumber);
    await page.keyboard.press('Enter');
    await expect(page.getByText('这件本机不留，是刚从乡镇查来的')).toBeVisible();
    await station.office.kill();
    await page.goto(`${url}/desk/scan`);
    await page
      .getByLabel('选凭证的照片')
      .setInputFiles({ name: '凭证.png', mimeType: 'image/png', buffer: receipt });
    await expect(page.getByText('本机没有这件')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/没有连上乡镇，查不了/)).toBeVisible();
  });
});
