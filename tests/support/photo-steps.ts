/** What an agent does with a camera or a file, by the words on the screen. */
import { expect, type Page } from '@playwright/test';

/** On the materials step, of a material that is 已收: takes this file as one page of it. */
export async function photographMaterial(page: Page, material: string, bytes: Buffer): Promise<void> {
  const strip = page.getByRole('group', { name: `${material}的照片` });
  await strip
    .locator('input[type=file]')
    .setInputFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: bytes });
  await page.getByRole('button', { name: '看效果' }).click();
  await page.getByRole('button', { name: '用这张' }).click();
  await expect(strip.getByRole('button', { name: new RegExp(`看大图：${material}`) })).toBeVisible();
}
