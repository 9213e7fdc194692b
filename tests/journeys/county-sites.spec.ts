/**
 * The county keeps its sites and its people: a village is renamed, paused and merged into its neighbour, which goes to
 * another township; a new administrator sets a passphrase with a one-time code; nobody puts themselves out of office.
 */
import { expect, test, type Page } from '@playwright/test';
import { barriers } from '../support/accessibility.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import { CITY_DAY, demoCity } from '../support/demo-city.ts';
import { startOffice } from '../support/office-process.ts';

const [XUCUN, NEIGHBOUR, OTHER_TOWNSHIP] = ['410526102213', '410526102200', '410526103000'] as const;
const PASSPHRASE = '示例口令 一句话 就够长';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('a village is renamed, paused, merged; its neighbour goes to another township', async ({ page }) => {
  await using city = await demoCity();
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  const check = async (where: string) => expect.soft(await barriers(page, where)).toEqual([]);
  try {
    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await expect(heading(page)).toHaveText('滑县看板');
    await expect(
      page.getByRole('heading', { name: '数量底线：乡镇 200、街道 150、村（社区） 40' }),
    ).toBeVisible();
    await check('看板');
    await page.getByRole('link', { name: '找站点' }).click();
    await page.getByLabel('只看').selectOption({ label: '没登记过电脑的 348 个' });
    await page.getByLabel('站点名称或代码').fill('bdkzxc');
    await press(page, '查找');
    await expect(page.getByRole('heading', { name: '没登记过电脑的：1 个' })).toBeVisible();
    await expect(page.getByRole('row', { name: /^白道口镇许村/ })).toBeVisible();
    await check('站点情况');
    await page.getByRole('link', { name: '站点', exact: true }).click();
    await page.getByRole('link', { name: '白道口镇', exact: true }).click();
    await expect(page.getByRole('link', { name: '许村便民服务站' })).toBeVisible();
    await check('按乡镇看');
    await page.getByLabel('站点名称或代码').fill('白道口 xucun');
    await press(page, '查找');
    await check('站点');
    await page.getByRole('link', { name: '白道口镇许村', exact: true }).click();
    await expect(heading(page)).toHaveText('白道口镇许村');

    // what is wrong stands at its field, and what was typed stays
    await page.getByLabel('名称').fill('许村新村便民服务站');
    await page.getByLabel('电话', { exact: true }).fill('1');
    await press(page, '保存资料');
    await expect(page.getByRole('link', { name: '手机号应是 11 位，现在少 10 位' })).toBeVisible();
    await check('站点资料有错');
    await page.getByLabel('电话', { exact: true }).fill('0372-8123456');
    await press(page, '保存资料');
    await expect(page.getByText('资料保存好了')).toBeVisible();
    await expect(heading(page)).toHaveText('白道口镇许村新村');

    await press(page, '暂停');
    await expect(heading(page)).toHaveText('白道口镇许村新村（暂停）');
    await press(page, '关闭');
    await expect(page.getByRole('alert')).toContainText('还有 1 人在用');
    await press(page, '重新开放');
    await expect(heading(page)).toHaveText('白道口镇许村新村');

    // nothing is merged before the name of the target was seen
    await page.getByLabel('目标的 12 位代码').fill('410526102');
    await press(page, '并入这个站');
    await expect(page.getByRole('alert')).toContainText('要填站点的 12 位代码');
    await page.getByLabel('目标的 12 位代码').fill(NEIGHBOUR);
    await press(page, '并入这个站');
    await expect(page.getByText('把白道口镇许村新村并入白道口镇白马坡村？')).toBeVisible();
    await check('并入以前');
    await press(page, '确认并入白道口镇白马坡村');
    await expect(heading(page)).toHaveText('白道口镇白马坡村');
    await expect(page.getByText('并入过 1 个站')).toBeVisible();

    await page.getByLabel('目标的 12 位代码').fill(OTHER_TOWNSHIP);
    await press(page, '划转乡镇');
    await press(page, '确认划转到留固镇');
    await expect(heading(page)).toHaveText('留固镇白马坡村');
    await check('划转以后');
    await page.goto(`${office.url}/county/sites/S${XUCUN}`);
    await expect(heading(page)).toHaveText('留固镇许村新村（已关闭）');
    await expect(page.getByText('已并入留固镇白马坡村')).toBeVisible();
    await check('并掉的站点');
  } finally {
    await office.stop();
  }
});

test('a new administrator sets a passphrase with a code that works once; nobody disables themselves', async ({
  page,
  browser,
}) => {
  await using city = await demoCity();
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  const check = async (where: string) => expect.soft(await barriers(page, where)).toEqual([]);
  try {
    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await page.getByRole('link', { name: '人员', exact: true }).click();
    await press(page, '添上');
    await expect(page.getByRole('link', { name: '请填写姓名' })).toBeVisible();
    await check('添人有错');
    await page.getByRole('textbox', { name: '姓名', exact: true }).fill('郭示范');
    await page.getByLabel('站点的 12 位代码').fill('410526000000');
    await page.getByLabel('县管理员', { exact: true }).check();
    await press(page, '添上');
    await expect(page.getByRole('link', { name: '县管理员要有登录名' })).toBeVisible();
    await page.getByLabel('登录名').fill('huaxian3');
    await press(page, '添上');
    await expect(heading(page)).toHaveText('郭示范');
    await expect(page.getByRole('heading', { name: '调到别的站点' })).toBeVisible();
    const person = page.url();
    await press(page, '开口令码');
    const told = page.getByText(/^郭示范的口令码：/);
    const code = (await told.textContent())!.split('：')[1]!;
    await check('口令码');

    const own = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
    const set = async (passphrase: string) => {
      await own.getByLabel('新口令').fill(passphrase);
      await own.getByLabel('再输一遍').fill(passphrase);
      await press(own, '设口令');
    };
    await own.goto(`${office.url}/county/passphrase`);
    await own.getByLabel('口令码').fill(code);
    await set('太短');
    await expect(own.getByRole('alert')).toContainText('至少 10 个字');
    expect.soft(await barriers(own, '设口令')).toEqual([]);
    await expect(own.getByLabel('口令码')).toHaveValue(code);
    await set(PASSPHRASE);
    await expect(own.getByText('郭示范的口令设好了')).toBeVisible();
    await own.goto(`${office.url}/county/passphrase`);
    await own.getByLabel('口令码').fill(code);
    await set(PASSPHRASE);
    await expect(own.getByRole('alert')).toContainText('用过了');
    await signInAtCounty(own, office.url, 'huaxian3', PASSPHRASE);
    await expect(heading(own)).toHaveText('滑县看板');

    await page.goto(`${office.url}/county/staff/P410526000000-1`);
    await press(page, '停用');
    await expect(page.getByRole('alert')).toContainText('不能停用自己');
    await page.goto(person);
    await press(page, '停用');
    await expect(page.getByText('已停用')).toBeVisible();
    await check('停用的人');
    await own.reload();
    await expect(heading(own)).toHaveText('县管理员登录');
    await press(page, '恢复');
    await expect(page.getByRole('button', { name: '开口令码' })).toBeVisible();
  } finally {
    await office.stop();
  }
});

test('a site is added, leaves items out above the minimum, gets a person; a closed code says where its site went', async ({
  page,
}) => {
  await using city = await demoCity();
  const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
  const check = async (where: string) => expect.soft(await barriers(page, where)).toEqual([]);
  try {
    await signInAtCounty(page, office.url, 'huaxian', city.passphrase);
    await page.getByRole('link', { name: '站点', exact: true }).click();
    await page.getByRole('link', { name: '添站点' }).click();
    await page.getByLabel('归哪个乡镇、街道管').selectOption('白道口镇');
    await page.getByLabel('12 位代码').fill('410526102000');
    await press(page, '添上');
    await expect(page.getByRole('link', { name: '请填写站点名称' })).toBeVisible();
    await expect(page.getByRole('link', { name: /^这是乡镇、街道的代码/ })).toBeVisible();
    await check('添站点有错');
    await page.getByLabel('名称').fill('新村便民服务站');
    await page.getByLabel('12 位代码').fill('410526102299');
    await press(page, '添上');
    await expect(heading(page)).toHaveText('白道口镇新村');

    // more left out than the minimum allows is refused, and nothing that was ticked off is lost
    await page.getByRole('link', { name: '办哪些事项' }).click();
    await expect(page.getByText('办 173 项，不办 0 项')).toBeVisible();
    const topics = (await page.locator('summary').allTextContents())
      .slice(0, 10)
      .map((text) => text.split('·')[0]!.trim());
    for (const topic of topics) {
      await page.locator('summary').filter({ hasText: topic }).click();
      await press(page, `${topic}都不办`);
    }
    await page.getByRole('button', { name: /^保存/ }).click();
    await expect(page.getByRole('alert')).toContainText('不够底线 40 项');
    await check('办哪些不够底线');
    for (const topic of topics.slice(1)) await press(page, `${topic}都办`);
    await page.getByRole('searchbox', { name: '找事项' }).fill('高龄津贴');
    await page.getByRole('checkbox', { name: /^老年人高龄津贴认定/ }).check();
    await check('办哪些');
    await page.getByRole('button', { name: /^保存/ }).click();
    await expect(page.getByText('办哪些保存好了')).toBeVisible();
    await page.goto(`${office.url}/guide/410526102299?q=${encodeURIComponent('最低生活保障对象认定')}`);
    await expect(page.getByRole('heading', { name: /^本站不办，到白道口镇便民服务中心能办/ })).toBeVisible();

    // the person's site is named before the move, and what they are there
    await page.goto(`${office.url}/county/staff?q=${encodeURIComponent('许村')}`);
    await page.getByRole('table').getByRole('link').first().click();
    await expect(page.getByRole('heading', { name: '调到别的站点' })).toBeVisible();
    const person = page.url();
    await page.getByRole('textbox', { name: '姓名', exact: true }).fill('');
    await press(page, '保存资料');
    await expect(page.getByRole('link', { name: '请填写姓名' })).toBeVisible();
    await page.getByRole('textbox', { name: '姓名', exact: true }).fill('许改名');
    await press(page, '保存资料');
    await expect(heading(page)).toHaveText('许改名');
    await page.getByLabel('站点的 12 位代码').fill('410526102299');
    await press(page, '调过去');
    await expect(page.getByText('把许改名调到白道口镇新村？')).toBeVisible();
    await check('调人以前');
    await press(page, '确认调到白道口镇新村');
    await expect(page.getByText('白道口镇新村（410526102299）')).toBeVisible();

    // the village that nobody works at any more is closed; its code says so, and opens it again
    await page.goto(`${office.url}/county/sites/S${XUCUN}`);
    await press(page, '关闭');
    await expect(heading(page)).toHaveText('白道口镇许村（已关闭）');
    await page.goto(person);
    await page.getByLabel('站点的 12 位代码').fill(XUCUN);
    await press(page, '调过去');
    await expect(page.getByRole('alert')).toContainText('白道口镇许村已关闭');
    await page.goto(`${office.url}/county/sites?q=${XUCUN}`);
    await page.getByRole('link', { name: '白道口镇许村', exact: true }).click();
    await press(page, '重新开放');
    await expect(heading(page)).toHaveText('白道口镇许村');

    // from a file: what is wrong stands at its cell, and nothing is written before 确认
    await page.goto(`${office.url}/county/sites/import`);
    const lines = [
      '12 位代码,叫什么,级别,归哪个乡镇（代码）',
      '410526102298,第二新村便民服务站,村,410526102000',
      '410526102297,第三新村便民服务站,村,410526999000',
    ];
    const file = { name: '站点.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) };
    await page.getByLabel('Excel 工作簿（.xlsx）或文本表格（.csv）').setInputFiles(file);
    await press(page, '上传并读取');
    await expect(heading(page)).toHaveText('对上各列');
    await check('对上站点的各列');
    await page.getByLabel('叫什么是什么').selectOption({ label: '名称' });
    await press(page, '试算（不写入）');
    await expect(page.getByText('本县没有 410526999000 这个乡镇、街道')).toBeVisible();
    await expect(page.getByText('D3', { exact: true })).toBeVisible();
    await check('试算站点');
    await press(page, '确认写入 1 个');
    await expect(page.getByText('已写入：站点 1 个、人员 0 个')).toBeVisible();
    await page.goto(`${office.url}/county/sites/S410526102298`);
    await expect(heading(page)).toHaveText('白道口镇第二新村');
  } finally {
    await office.stop();
  }
});
