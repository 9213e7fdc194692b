/**
 * A release in the county: one administrator draws it up and cannot release it; another releases it to the pilot site, whose
 * computer takes it; it is held, resumed, led to a township and to all; and taken back by both, which the computer takes too.
 */
import { expect, test, type Page } from '@playwright/test';
import { saveSheets, readSheets } from '#lib/server/county/working-list.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore } from '#lib/server/db/store.ts';
import { barriers } from '../support/accessibility.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import type { DemoCity } from '../support/demo-city.ts';
import { readyForOffline } from '../support/desk-steps.ts';
import { openStation, VILLAGE } from '../support/station.ts';

const COUNTY = 'S410526000000';
const ITEM = '老年人高龄津贴认定';
const CHANGED = '示例新条件：本村户籍，年满八十周岁';

/** The condition of one item is changed in the working list, as the editor does. */
async function changeList(city: DemoCity): Promise<void> {
  const store = await openStore({ path: databasePath(city.dataDir) });
  const listed = await store.read((trx) => readSheets(trx, COUNTY));
  const { sheet, rev } = listed.find((one) => one.sheet.item.name === ITEM)!;
  const changed = { ...sheet, item: { ...sheet.item, conditions: CHANGED } };
  const writing = { county: COUNTY, by: 'office', now: new Date().toISOString(), how: 'edited' } as const;
  expect(await saveSheets(store, [{ sheet: changed, rev }], writing)).toEqual({ is: 'written' });
  await store.destroy();
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const stands = (page: Page, words: string) => expect(page.getByText(words, { exact: true })).toBeVisible();

test('a release goes ring by ring by two people, and is taken back', async ({ browser }) => {
  await using station = await openStation();
  const { city, url, page: desk } = station;
  const [maker, second] = [await browser.newPage(), await browser.newPage()];
  await readyForOffline(desk);
  const deskHas = async (number: number, conditions: string): Promise<void> => {
    await desk.goto(`${url}/desk/sync`);
    await desk.getByRole('button', { name: '立即同步' }).click();
    await expect(desk.getByText(`第 ${number} 版`).first()).toBeVisible({ timeout: 60_000 });
    await desk.goto(`${url}/desk`);
    await expect(desk.getByRole('searchbox')).toBeFocused();
    await desk.keyboard.type('gljt');
    await expect(desk.getByRole('listitem').filter({ hasText: ITEM }).first()).toBeVisible();
    await desk.keyboard.press('Enter');
    await expect(desk.getByRole('heading', { name: ITEM, level: 2 })).toBeVisible();
    await expect(desk.getByText(CHANGED)).toHaveCount(conditions === CHANGED ? 1 : 0);
  };

  await test.step('nothing changed yet: said so; the pilot site is chosen', async () => {
    await signInAtCounty(maker, url, 'huaxian', city.passphrase);
    await maker.getByRole('link', { name: '目录发布' }).click();
    await expect(maker.getByText('还没有从这里发布过')).toBeVisible();
    await maker.getByRole('link', { name: '拟定新版' }).click();
    await expect(maker.getByText('和现行的没有不同')).toBeVisible();
    await maker.getByRole('link', { name: '目录发布' }).first().click();
    await maker.getByLabel('站点名称或代码').fill(VILLAGE);
    await press(maker, '查找');
    await maker.getByRole('button', { name: /^选为试点站/ }).click();
    await expect(maker.getByText(/已选为试点站，现在共 1 个/)).toBeVisible();
    expect.soft(await barriers(maker, '目录发布')).toEqual([]);
  });

  await test.step('drawn up by one, who cannot release it', async () => {
    await changeList(city);
    await maker.goto(`${url}/county/releases/new`);
    await expect(maker.getByRole('row', { name: new RegExp(`${ITEM}.*${CHANGED}`) })).toBeVisible();
    await maker.getByLabel(/给核对的人/).fill('请联系 13800000001');
    expect.soft(await barriers(maker, '拟定新版')).toEqual([]);
    await press(maker, '拟定这一版');
    await expect(maker.getByText('看起来有手机号或证件号').first()).toBeVisible();
    await maker.getByLabel(/给核对的人/).fill('高龄津贴的条件改了');
    await press(maker, '拟定这一版');
    await stands(maker, '拟定，等另一人发布');
    await expect(maker.getByText('拟定的人不能自己发布')).toBeVisible();
    await expect(maker.getByRole('button', { name: '核对过了，发布' })).toHaveCount(0);
    expect.soft(await barriers(maker, '一份拟定')).toEqual([]);
  });

  await test.step('released by another: the pilot site takes it, and its adoption is seen', async () => {
    await signInAtCounty(second, url, 'huaxian2', city.passphrase);
    await second.waitForURL('**/county/board');
    await second.goto(maker.url());
    await press(second, '核对过了，发布');
    await expect(second.getByText('已放到试点站', { exact: true })).toBeVisible({ timeout: 60_000 });
    await deskHas(2, CHANGED);
    // what a device has it says with its next contact
    await desk.goto(`${url}/desk/sync`);
    await expect(async () => {
      await desk.getByRole('button', { name: '立即同步' }).click();
      await second.reload();
      await expect(second.getByText(/1\/1 台用上/)).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    expect.soft(await barriers(second, '一次发布')).toEqual([]);
  });

  await test.step('held and resumed, on to a township, on to all', async () => {
    await second.getByLabel('暂停的原因').fill('示例：先核对材料');
    await press(second, '暂停');
    await stands(second, '已放到试点站，已暂停');
    // the other one, who has no right to let it spread, sees why
    await maker.reload();
    await expect(maker.getByText('您没有发布的权限')).toBeVisible();
    await press(second, '继续放');
    await stands(second, '已放到试点站');
    await press(second, '放到这个乡镇');
    await expect(second.getByText('没有办成：没有选乡镇')).toBeVisible();
    await second.getByLabel(/放到哪个乡镇/).selectOption({ label: '白道口镇' });
    await press(second, '放到这个乡镇');
    await stands(second, '已放到一个乡镇');
    await press(second, '放到全县');
    await stands(second, '已放到全县');
  });

  await test.step('taken back: drawn up by one, released by the other; the site has the old contents', async () => {
    await maker.reload();
    await maker.getByLabel('退回的原因').fill('示例：条件写错了');
    await press(maker, '拟定退回第 2 版');
    await stands(maker, '拟定，等另一人发布');
    await expect(maker.getByRole('heading', { name: '和第 2 版比，变了什么' })).toBeVisible();
    await second.goto(maker.url());
    await press(second, '核对过了，发布');
    await expect(second.getByText('已放到全县', { exact: true })).toBeVisible({ timeout: 60_000 });
    await deskHas(3, '');
    await second.goto(`${url}/county/releases`);
    await expect(second.getByText('全县现行：第 3 版')).toBeVisible();
    await expect(second.getByText('已退回', { exact: true })).toBeVisible();
    await expect(second.getByRole('link', { name: /^第 [23] 版：/ })).toHaveText([/^第 3 版/, /^第 2 版/]);
  });
});
