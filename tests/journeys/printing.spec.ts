/**
 * Papers from the desk to the township: what may be printed when, offline, on which sheet, how often; the preview is what
 * is printed, and every page of it is fit for everybody.
 */
import { expect, test, type Page } from '@playwright/test';
import { barriers } from '../support/accessibility.ts';
import { browserDevice } from '../support/browser-device.ts';
import {
  beginItem,
  enrol,
  fillAllowance,
  pill,
  readyForOffline,
  signAndSubmit,
  signIn,
} from '../support/desk-steps.ts';
import { openCase, requestMissing, reviewSteps } from '../support/review-steps.ts';
import { openStation, personOf, TOWNSHIP } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';

/** What comes out of the printer now: how many sheets, of which size. */
async function printed(page: Page): Promise<{ pages: number; size: string }> {
  const source = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(source) ?? [];
  const [width, height] = box.slice(1).map((points) => Math.round((Number(points) * 25.4) / 72));
  return { pages: source.match(/\/Type\s*\/Page\b/g)?.length ?? 0, size: `${width} × ${height}` };
}

const paper = (page: Page) => page.locator('.paper').first();
const print = (page: Page) => page.getByRole('button', { name: /^(打印|再打一次)/ });

test('every paper is printed where it comes about: with no network, on its sheet, the second time as 补打', async () => {
  await using station = await openStation();
  await using township = browserDevice();
  const { page, city, office, url } = station;
  const found: string[] = [];
  await readyForOffline(page);
  await office.kill();

  await test.step('whoever asks gets the list of what to bring', async () => {
    await page.goto(`${url}/desk`);
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type('gljt');
    await expect(page.getByRole('listitem').filter({ hasText: ITEM }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '打印一次性告知单' }).click();
    await expect(paper(page)).toContainText('一次性告知单');
    await expect(paper(page)).toContainText('居民户口簿');
    expect(await printed(page)).toEqual({ pages: 1, size: '210 × 297' });
    found.push(...(await barriers(page, '一次性告知单')));
  });

  await test.step('a 委托书 of a draft, to be signed on paper or with a fingerprint', async () => {
    await beginItem(page, 'gljt', ITEM);
    const draft = page.url();
    await page.goto(`${draft}/handler`);
    await page.getByText('委托别人代办').click();
    await page.getByRole('button', { name: /由我代办/ }).click();
    await page.getByRole('link', { name: '打印委托书，签在纸上' }).click();
    await expect(paper(page)).toContainText('代办委托书');
    await expect(paper(page)).not.toContainText('见证人签名');
    await page.getByText('委托人不会写字，按指印').click();
    await expect(paper(page)).toContainText('见证人签名');
    expect(await printed(page)).toEqual({ pages: 3, size: '210 × 297' });
    found.push(...(await barriers(page, '委托书')));
  });

  let id = '';
  await test.step('the receipt: half a sheet, both copies; the roll is remembered; then 补打', async () => {
    await beginItem(page, 'gljt', ITEM);
    await fillAllowance(page);
    id = await signAndSubmit(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('收下了，请打印凭证交给申请人');
    await expect(paper(page)).not.toContainText('补打');
    // printed past our button, from the browser's own menu: that counts too
    expect(await printed(page)).toEqual({ pages: 2, size: '210 × 148' });
    await expect(paper(page)).toContainText('补打');
    await page.getByText('80 mm 小票').click();
    expect((await printed(page)).size).toMatch(/^80 × \d+$/);
    await page.getByText('第二联·站里存档', { exact: true }).first().click();
    expect((await printed(page)).pages).toBe(1);
    await page.reload();
    await expect(paper(page)).toContainText('补打');
    await expect(print(page)).toHaveText('再打一次（补打）');
    await expect(page.getByRole('radio', { name: '80 mm 小票' })).toBeChecked();
  });

  await test.step('the handover list: what was on one is not ticked again', async () => {
    await page.goto(`${url}/desk/applications`);
    await page.getByRole('link', { name: '打交接单' }).click();
    await expect(paper(page)).toContainText('王示例·老年人高龄津贴认定');
    await expect(page.locator('.paper').nth(1)).toContainText('王*例');
    found.push(...(await barriers(page, '交接单')));
    await print(page).click();
    await expect(print(page)).toHaveText('再打一次（补打）');
    await page.reload();
    await expect(page.getByText('打过交接单')).toBeVisible();
    await expect(page.locator('.paper')).toHaveCount(0);
  });

  await office.start();
  await page.goto(`${url}/desk/applications/${id}`);
  await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
  const clerk = await township.open();
  await enrol(clerk, url, (await city.issueCode(TOWNSHIP)).code);
  await signIn(clerk, personOf(city, TOWNSHIP, 'clerk'), city.passphrase);

  await test.step('the township prints its notice; the village prints it too, and says that it is not the sealed one', async () => {
    await openCase(clerk, ITEM);
    await expect(clerk.getByRole('link', { name: '受理通知书' })).toBeHidden();
    await requestMissing(clerk, '居民户口簿');
    await clerk.getByRole('link', { name: '补正材料通知书' }).click();
    await expect(paper(clerk)).toContainText('白道口镇补字〔');
    await expect(paper(clerk)).toContainText('（印章）');
    expect(await printed(clerk)).toEqual({ pages: 2, size: '210 × 297' });
    found.push(...(await barriers(clerk, '补正材料通知书')));
    await page.getByRole('link', { name: '补正材料通知书' }).click({ timeout: 60_000 });
    await expect(paper(page)).toContainText('代为打印，供告知用');
  });

  await test.step('answered: a receipt for what was supplied; then the acceptance exists', async () => {
    await page.goto(`${url}/desk/applications/${id}`);
    await page.getByRole('button', { name: '居民户口簿已收' }).click();
    await page.getByRole('button', { name: '补正到齐，送回乡镇' }).click();
    await page.getByRole('link', { name: '补正收件凭证' }).click();
    await expect(paper(page)).toContainText('本凭证不代表受理');
    await clerk.goBack();
    await clerk.reload();
    await reviewSteps(clerk, city.passphrase).accept();
    await clerk.getByRole('link', { name: '受理通知书' }).click();
    await expect(paper(clerk)).toContainText('决定予以受理');
    await clerk.goto(`${url}/review/print/${id}/decision`);
    await expect(clerk.getByText('这件现在没有这张文书')).toBeVisible();
  });
  expect(found).toEqual([]);
});
