/** What a county administrator does at the start of every journey. */
import { expect, type Page } from '@playwright/test';

/** Asks for a page without being signed in, is led to the sign-in page, and signs in there. */
export async function signInAtCounty(
  page: Page,
  url: string,
  login: string,
  passphrase: string,
): Promise<void> {
  await page.goto(`${url}/county/devices`);
  await expect(page).toHaveURL(`${url}/county`);
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('口令').fill(passphrase);
  await page.getByRole('button', { name: '登录' }).click();
}
