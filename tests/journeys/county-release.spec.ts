/**
 * From a workbook saved by LibreOffice to every site of a county and back, by two people in their browsers: imported after a
 * trial, drawn up by one who cannot release it, released by another to the pilot site, held, resumed, led to a township and to
 * all; and taken back by both. One station is a real computer; at each site of the county another asks over the office's own
 * HTTP, half of them out of reach at any time, and ends with what was there before, byte for byte. All ten counties with
 * ALL_SITES=1 (`npm run faults`), the other nine led along without browsers.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';
import { barriers } from '../support/accessibility.ts';
import { changedWorkbook } from '../support/changed-workbook.ts';
import { CountyPeople } from '../support/county-people.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import { readyForOffline } from '../support/desk-steps.ts';
import { sitesOf } from '../support/enrolled-stations.ts';
import { changedItems } from '../support/fanout-release.ts';
import { ScatteredStations } from '../support/scattered-stations.ts';
import { openStation, VILLAGE } from '../support/station.ts';

const COUNTY = 'S410526000000';
const ITEM = '老年人高龄津贴认定';
const CHANGED = '示例新条件：本村户籍，年满八十周岁';
const WORKBOOK = join(import.meta.dirname, '../support/workbooks/list-298.xlsx');
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ALL_SITES = process.env.ALL_SITES === '1';
/** Devices of this number are simulated; the real computer is the first of its site. */
const SIMULATED = '901';

/** The list of 298 items with another condition in five of its rows, that of ITEM among them. */
const changedList = (): Promise<Buffer> =>
  changedWorkbook(readFileSync(WORKBOOK), '受理条件', CHANGED, (at) => at % 60 === 10);

/** The counties that no browser is at; none unless all sites take part. */
async function otherCounties(store: Store): Promise<CountyPeople[]> {
  if (!ALL_SITES) return [];
  const ids = new Set((await store.read(sitesOf)).map(({ county }) => county));
  ids.delete(COUNTY);
  const now = new Date().toISOString();
  return [...ids].map((id) => new CountyPeople(store, id, now));
}

async function stationsOf(store: Store, url: string): Promise<ScatteredStations> {
  const sites = (await store.read(sitesOf)).filter(({ county }) => ALL_SITES || county === COUNTY);
  const office = { reach: (request: Request) => fetch(request), origin: url };
  return ScatteredStations.at(store, sites, { number: SIMULATED, now: new Date().toISOString(), office });
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const stands = (page: Page, words: string) => expect(page.getByText(words, { exact: true })).toBeVisible();

test('a workbook goes ring by ring to every site by two people, and is taken back', async ({ browser }) => {
  if (ALL_SITES) test.setTimeout(900_000);
  await using station = await openStation();
  const { city, url, page: desk } = station;
  const store = await openStore({ path: databasePath(city.dataDir) });
  await using _closing = { [Symbol.asyncDispose]: () => store.destroy() };
  const stations = await stationsOf(store, url);
  const others = await otherCounties(store);
  const each = async (step: (people: CountyPeople) => Promise<void>): Promise<void> => {
    for (const people of others) await step(people);
  };
  const all = stations.all.length;
  const ours = stations.all.filter(({ site }) => site.county === COUNTY).length;
  const before = await stations.contents();
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

  await test.step('a workbook saved by LibreOffice: tried, its difference seen, written', async () => {
    await maker.goto(`${url}/county/items/import`);
    const file = { name: 'list-298.xlsx', mimeType: XLSX, buffer: await changedList() };
    await maker.getByLabel(/Excel 工作簿/).setInputFiles(file);
    // answered when the workbook is read, and when it is tried: seconds of a processor each
    await maker.getByRole('button', { name: '上传并读取' }).click({ timeout: 60_000 });
    await maker.getByRole('button', { name: '试算（不写入）' }).click({ timeout: 60_000 });
    await expect(maker.getByRole('heading', { name: '会改的事项：5 项' })).toBeVisible({ timeout: 60_000 });
    await expect(maker.getByText('293 项')).toBeVisible();
    await expect(maker.getByRole('row', { name: new RegExp(`受理条件.*${CHANGED}`) })).toHaveCount(5);
    await maker.getByLabel('改锁定要素的依据').fill('滑政数〔2026〕1号');
    await press(maker, '确认写入 5 项');
    await expect(maker.getByText('已写入 5 项')).toBeVisible();
  });

  await test.step('drawn up by one, who cannot release it', async () => {
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
    await each((people) => people.draw((listed) => ({ ...listed, items: changedItems(listed.items) })));
    await stations.ask();
    expect(stations.holding(1)).toHaveLength(all);
  });

  await test.step('released by another: the pilot site takes it, and its adoption is seen', async () => {
    await signInAtCounty(second, url, 'huaxian2', city.passphrase);
    await second.waitForURL('**/county/board');
    await second.goto(maker.url());
    await press(second, '核对过了，发布');
    await expect(second.getByText('已放到试点站', { exact: true })).toBeVisible({ timeout: 60_000 });
    await each((people) => people.release());
    await deskHas(2, CHANGED);
    const pilots = await store.read((trx) => trx.selectFrom('release_pilot').select('site').execute());
    const isPilot = new Set(pilots.map(({ site }) => site));
    const early = stations.all.filter(({ site }) => isPilot.has(site.id));
    await stations.until(2, early);
    await stations.ask();
    expect(stations.holding(2)).toEqual(early.map(({ site }) => site.code));
    // what a device has it says with its next contact
    await stations.sayWhatTheyHold(early);
    await desk.goto(`${url}/desk/sync`);
    await expect(async () => {
      await desk.getByRole('button', { name: '立即同步' }).click();
      await second.reload();
      await expect(second.getByText(/2\/2 台用上/)).toBeVisible({ timeout: 1000 });
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
    await each((people) => people.move('township'));
    // half of the township's stations have it when the release is held: of the others none takes it
    await stations.ask();
    await second.getByLabel('暂停的原因').fill('示例：再看一天');
    await press(second, '暂停');
    await stands(second, '已放到一个乡镇，已暂停');
    await each((people) => people.move('hold'));
    const held = stations.holding(2);
    expect(held.length).toBeGreaterThan(1);
    await stations.ask();
    expect(stations.holding(2)).toEqual(held);
    await press(second, '继续放');
    await stands(second, '已放到一个乡镇');
    await press(second, '放到全县');
    await stands(second, '已放到全县');
    await each((people) => people.move('resume'));
    await each((people) => people.move('all'));
    await stations.until(2);
    expect((await stations.contents()).every((contents, at) => contents !== before[at])).toBe(true);
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
    await each((people) => people.undo());
    await each((people) => people.release());
    await deskHas(3, '');
    await stations.until(3);
    await stations.sayWhatTheyHold();
    expect(await stations.contents()).toEqual(before);
    const said = await store.read((trx) => trx.selectFrom('device').select('release').execute());
    expect(said.filter(({ release }) => release?.endsWith('/3'))).toHaveLength(all + 1);
    await second.reload();
    // the pilot site's two devices, those of its township, those of the rest of the county
    const rings = second.getByRole('list', { name: '各环用上多少' }).getByText(/^(\d+)\/\1 台用上$/);
    await expect(rings).toHaveCount(3);
    const taken = (await rings.allTextContents()).map((text) => Number.parseInt(text.trim(), 10));
    expect(taken.reduce((sum, devices) => sum + devices)).toBe(ours + 1);
    await second.goto(`${url}/county/releases`);
    await expect(second.getByText('全县现行：第 3 版')).toBeVisible();
    await expect(second.getByText('已退回', { exact: true })).toBeVisible();
    await expect(second.getByRole('link', { name: /^第 [23] 版：/ })).toHaveText([/^第 3 版/, /^第 2 版/]);
  });
});
