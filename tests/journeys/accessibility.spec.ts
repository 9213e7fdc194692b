/** Every screen of desk and review at 1366 × 768, in ordinary and in large print: WCAG 2.2 AA by axe, nothing off the screen. */
import { expect, test, type Page } from '@playwright/test';
import { barriers } from '../support/accessibility.ts';
import { browserDevice } from '../support/browser-device.ts';
import { beginItem, enrol, fillAllowance, pill, signAndSubmit, signIn } from '../support/desk-steps.ts';
import { openCase } from '../support/review-steps.ts';
import { openStation, personOf, TOWNSHIP } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';

test('no screen keeps anybody out', async () => {
  await using station = await openStation();
  await using township = browserDevice();
  const { city, page, url } = station;
  const check = async (of: Page, where: string) => expect.soft(await barriers(of, where)).toEqual([]);

  await test.step('desk, items, drafts', async () => {
    await expect(page.getByRole('searchbox')).toBeFocused();
    await check(page, '工作台');
    await page.keyboard.type('gljt');
    await expect(page.getByRole('listitem').filter({ hasText: ITEM }).first()).toBeVisible();
    await check(page, '工作台，找到事项');
    await beginItem(page, 'gljt', ITEM);
    await check(page, '任务单');
  });
  const draft = page.url();

  await test.step('each step with what is wrong', async () => {
    for (const step of ['applicant', 'handler', 'form', 'materials']) {
      await page.goto(`${draft}/${step}?fix`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (step !== 'materials') await expect(page.getByText(/有 \d+ 处没填好/)).toBeVisible();
      await check(page, step);
    }
    await page.goto(`${draft}/check`);
    await expect(page.getByText(/步完成后才能核对和签名/)).toBeVisible();
    await check(page, '核对，还没填完');
    await page.goto(`${url}/desk/applications?show=drafts`);
    await expect(page.getByRole('link', { name: new RegExp(ITEM) }).first()).toBeVisible();
    await check(page, '草稿');
    await page.goto(`${url}/desk/items`);
    await expect(page.getByRole('button', { name: '开始代办' })).toBeVisible();
    await check(page, '找事项和指南');
  });

  let id = '';
  await test.step('check, sign, receipt, application, sync', async () => {
    await page.goto(draft);
    await fillAllowance(page);
    await check(page, '核对');
    await page.getByRole('link', { name: '都对，去签名' }).click();
    await expect(page.getByRole('button', { name: '提交这件申请' })).toBeVisible();
    await check(page, '签名');
    await page.getByRole('link', { name: '再核对一遍' }).click();
    id = await signAndSubmit(page);
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    await check(page, '收件凭证');
    await page.goto(`${url}/desk/applications`);
    await expect(page.getByRole('link', { name: new RegExp(ITEM) }).first()).toBeVisible();
    await check(page, '我的办件');
    await page.goto(`${url}/desk/applications/${id}`);
    await expect(page.getByRole('heading', { name: '经过' })).toBeVisible();
    await check(page, '办件详情');
    await page.goto(`${url}/desk/sync`);
    await expect(page.getByRole('heading', { name: '今天送到的' })).toBeVisible();
    await check(page, '同步');
  });

  await test.step('enrol, unlock, review', async () => {
    const clerk = await township.open();
    await clerk.goto(url);
    await expect(clerk.getByLabel('登记码')).toBeVisible();
    await check(clerk, '登记');
    await enrol(clerk, url, (await city.issueCode(TOWNSHIP)).code);
    await expect(clerk.getByRole('heading', { name: '谁在用？' })).toBeVisible();
    await expect(clerk.getByRole('button', { name: personOf(city, TOWNSHIP, 'clerk') })).toBeVisible();
    await check(clerk, '谁在用');
    await clerk.getByRole('button', { name: personOf(city, TOWNSHIP, 'clerk') }).click();
    await clerk.getByRole('button', { name: '登录', exact: true }).click();
    await expect(clerk.getByRole('alert')).toContainText('请输入口令');
    await check(clerk, '登录，没有口令');
    await clerk.getByRole('button', { name: '换个人' }).click();
    await signIn(clerk, personOf(city, TOWNSHIP, 'clerk'), city.passphrase);
    await expect(clerk.getByRole('link', { name: new RegExp(ITEM) }).first()).toBeVisible({
      timeout: 60_000,
    });
    await check(clerk, '审批队列');
    await openCase(clerk, ITEM);
    await check(clerk, '审批一件');
  });
});
