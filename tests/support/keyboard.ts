/** Working without a mouse: nothing here clicks, scrolls or sets a value from outside. */
import { expect, type Locator, type Page } from '@playwright/test';

const FARTHEST = 80;

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element.contains(document.activeElement));

/** Tab until the focus is on it, or in it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < FARTHEST; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${FARTHEST} presses of Tab did not reach ${target}`);
}

export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** Tab to a link or button, and Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Tab into a group of radio buttons, then arrows until that one is chosen. */
export async function choose(page: Page, group: Locator, option: string): Promise<void> {
  await tabTo(page, group);
  const wanted = group.getByRole('radio', { name: option });
  if (!(await wanted.isChecked())) await page.keyboard.press('Space');
  const options = await group.getByRole('radio').count();
  for (let presses = 0; presses < options && !(await wanted.isChecked()); presses++)
    await page.keyboard.press('ArrowDown');
  await expect(wanted).toBeChecked();
}
