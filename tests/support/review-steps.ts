/** What people of a township do at the review, step by step, by the words on the screen. */
import { expect, type Page } from '@playwright/test';
import { signIn } from './desk-steps.ts';

/** Opens the first case of that item from the queue; waits for it to arrive. */
export async function openCase(page: Page, item: string): Promise<void> {
  const link = page.getByRole('link', { name: new RegExp(item) }).first();
  await expect(link).toBeVisible({ timeout: 60_000 });
  await link.click();
  await page.waitForURL(/\/review\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name: '现在能办' })).toBeVisible();
}

/** A button of 现在能办 opens its form; then the form is filled and sent. */
async function act(
  page: Page,
  name: string,
  fill: () => Promise<void>,
  submit: string | RegExp,
): Promise<void> {
  await page.locator('[data-act]').getByRole('button', { name }).first().click({ timeout: 60_000 });
  await fill();
  const form = page.locator('[data-form]:not([hidden])');
  await form.getByRole('button', { name: submit }).last().click();
  const sure = form.getByRole('button', { name: /不再改/ });
  await expect(sure.or(page.getByText(/已保存在本机/)).first()).toBeVisible();
  if (await sure.isVisible()) await sure.click();
  await expect(page.getByText(new RegExp(`${name}：已保存在本机`))).toBeVisible();
}

/** 一次告知补正 for a material that the station ticked 缺. */
export async function requestMissing(page: Page, material: string): Promise<void> {
  await act(
    page,
    '一次告知补正',
    async () => {
      const chip = page.getByRole('group', { name: '材料要补' }).getByRole('button', { name: material });
      if ((await chip.getAttribute('aria-pressed')) !== 'true') await chip.click();
      const line = page.locator('[data-form]:not([hidden])').getByRole('textbox', { name: material });
      if ((await line.inputValue()) === '') await line.fill('缺户口簿，请补首页和本人页');
    },
    /发补正告知/,
  );
}

export function reviewSteps(page: Page, passphrase: string) {
  return {
    accept: () => act(page, '受理', async () => {}, '受理'),
    assign: () => act(page, '分办', async () => {}, /分给/),
    review: () =>
      act(
        page,
        '审查意见',
        async () => {
          await page.getByText('通过', { exact: true }).first().click();
          await page.getByRole('textbox', { name: '意见' }).fill('年满八十周岁，材料齐全，符合条件');
        },
        '签署审查意见',
      ),
    decide: () =>
      act(
        page,
        '决定',
        async () => {
          await page.getByText('准予', { exact: true }).first().click();
          await page.getByRole('textbox', { name: '查明的事实' }).fill('申请人年满八十周岁，户籍在本镇');
          await page
            .locator('[data-form]:not([hidden])')
            .getByRole('textbox', { name: '依据' })
            .fill('《河南省老年人权益保障条例》');
        },
        /决定准予/,
      ),
    /** Locks the desk and lets a colleague in; comes back to the same case. */
    async changeTo(name: string): Promise<void> {
      const { pathname } = new URL(page.url());
      await page.getByRole('button', { name: '锁定' }).click();
      await page.waitForURL(/unlock/);
      await signIn(page, name, passphrase);
      await page.goto(new URL(pathname, page.url()).href);
      await expect(page.getByRole('heading', { name: '现在能办' })).toBeVisible();
    },
  };
}
