/** What people do at a desk, step by step, by the words on the screen. Journeys are written in these. */
import { expect, type Dialog, type Page } from '@playwright/test';
import { sampleBankCard, sampleIdNumber } from '#lib/domain/sample-identity.ts';

export const VILLAGER = {
  name: '王示例',
  idNumber: sampleIdNumber(0, { birthDate: '1944-03-05', sex: 'female' }),
  phone: '13800000001',
  address: '白道口镇许村一组',
};

export async function enrol(page: Page, url: string, code: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.getByLabel('登记码').fill(code);
  await page.getByLabel('给这台电脑起个名字').fill('前台一号');
  await page.getByRole('button', { name: '登记这台电脑' }).click();
  await page.waitForURL('**/unlock');
}

/** Signs in as a person of the site; with one person only there are no tiles. */
export async function signIn(page: Page, name: string, passphrase: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`谁在用|${name}`));
  const tile = page.getByRole('button', { name: new RegExp(name) });
  if ((await page.getByRole('heading', { level: 1 }).textContent())?.includes('谁在用')) await tile.click();
  await page.getByLabel('口令').fill(passphrase);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/(desk|review)/);
}

/** The morning with a network is over: app shell kept, list and guides here. */
export async function readyForOffline(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? 'none'), { timeout: 30_000 })
    .toBe('activated');
  await page.goto(new URL('/desk/items', page.url()).href);
  await expect(page.getByRole('button', { name: '开始代办' })).toBeVisible({ timeout: 30_000 });
}

/** Finds the item by what was typed, opens its guide and begins. */
export async function beginItem(page: Page, typed: string, name: string): Promise<void> {
  await page.goto(new URL('/desk', page.url()).href);
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
  await page.getByRole('button', { name: '开始代办' }).click();
  await page.waitForURL(/\/desk\/draft\/[0-9a-f-]+$/);
}

/** 下一步 of a step of a draft. */
export const next = (page: Page) => page.getByRole('button', { name: /^下一步/ }).click();

/** Fills the six steps of 老年人高龄津贴认定 for a villager of 82 who came herself; `atMaterials` once they are ticked. */
export async function fillAllowance(
  page: Page,
  person = VILLAGER,
  atMaterials: () => Promise<void> = async () => undefined,
): Promise<void> {
  await page
    .getByRole('link', { name: /申请人/ })
    .first()
    .click();
  await page.getByLabel('身份证号').fill(person.idNumber);
  await page.getByLabel('申请人姓名').fill(person.name);
  await expect(page.getByText(/1944 年 3 月 5 日出生，女，8\d 周岁/)).toBeVisible();
  await page.getByLabel('联系电话').fill(person.phone);
  await page.getByLabel('住址').fill(person.address);
  await next(page);

  await page.getByText('本人来办').click();
  await next(page);

  await fillForm(page);
  await next(page);

  await expect(page.getByRole('heading', { name: '材料', level: 1 })).toBeVisible();
  await materialIs(page, '高龄津贴申请表', '已收');
  await materialIs(page, '居民身份证', '已收');
  await materialIs(page, '居民户口簿', '缺');
  await materialIs(page, '本人社会保障卡或银行存折（卡）', '已收');
  await atMaterials();
  await next(page);
  await expect(page.getByRole('heading', { name: '和申请人一起核对' })).toBeVisible();
}

export async function fillForm(page: Page): Promise<void> {
  await page.getByText('独居', { exact: true }).click();
  await page.getByLabel('联系亲属姓名').fill('王样本');
  await page.getByLabel('联系亲属电话').fill('13800000002');
  await page.getByLabel('津贴账户').fill(sampleBankCard(1));
}

/** One material, and how it stands: 已收, 缺 … */
export async function materialIs(page: Page, material: string, word: string): Promise<void> {
  await page
    .getByRole('radiogroup', { name: material, exact: false })
    .first()
    .getByText(word, { exact: true })
    .click();
}

/** Checks, signs and submits; gives the receipt's application id. */
export async function signAndSubmit(page: Page): Promise<string> {
  await page.getByRole('link', { name: '都对，去签名' }).click();
  await drawSignature(page);
  await page.getByRole('button', { name: '提交这件申请' }).click();
  await page.waitForURL(/\/desk\/receipt\//);
  return page.url().split('/').at(-1) ?? '';
}

/** A stroke across the pad, with the mouse. */
export async function drawSignature(page: Page): Promise<void> {
  const pad = page.locator('canvas').first();
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('no signature pad');
  await page.mouse.move(box.x + 40, box.y + 40);
  await page.mouse.down();
  for (let i = 1; i <= 8; i++) await page.mouse.move(box.x + 40 + i * 20, box.y + 40 + (i % 2) * 30);
  await page.mouse.up();
}

/** F5. Where the last characters are not on the disk yet the browser asks; then the person stays, and tries again. */
export async function loadAgain(page: Page): Promise<void> {
  const stay = (dialog: Dialog) => void dialog.dismiss();
  page.on('dialog', stay);
  const before = await page.evaluate(() => performance.timeOrigin);
  await expect(async () => {
    const origin = await page.evaluate(() => performance.timeOrigin);
    if (origin === before) await page.evaluate(() => location.reload());
    expect(origin).not.toBe(before);
  }).toPass();
  page.off('dialog', stay);
}

export const pill = (page: Page, word: string) =>
  page.locator('main').getByText(word, { exact: true }).first();
