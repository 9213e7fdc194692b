/**
 * A photo that waits for the network is spoilt by the disk meanwhile: the sync centre says what waits, then which photo is
 * to be taken again and where; taken again it arrives, and nobody is troubled any more.
 */
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { barriers } from '../support/accessibility.ts';
import {
  beginItem,
  fillForm,
  materialIs,
  next,
  readyForOffline,
  signAndSubmit,
  VILLAGER,
} from '../support/desk-steps.ts';
import { photographMaterial } from '../support/photo-steps.ts';
import { openStation } from '../support/station.ts';
import { TownshipHand } from '../support/township-hand.ts';

const ITEM = '老年人高龄津贴认定';
const CARD = '居民身份证';

const paper = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
const check = async (page: Page, where: string) => expect.soft(await barriers(page, where)).toEqual([]);

/** One part of every photo on this device goes, as a browser loses files. */
const losePart = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('jinban');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const writing = opening.result.transaction('photoChunks', 'readwrite');
          const chunks = writing.objectStore('photoChunks');
          const counting = chunks.count();
          chunks.clear();
          writing.oncomplete = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );

test('fault: photo chunk missing → a photo that was spoilt before it could go is taken again, where the sync centre says', async () => {
  await using station = await openStation();
  const { page, url, office, city } = station;
  await readyForOffline(page);
  await office.kill();

  let id = '';
  await test.step('an application with a photo, without the office', async () => {
    await beginItem(page, 'gljt', ITEM);
    await page
      .getByRole('link', { name: /申请人/ })
      .first()
      .click();
    await page.getByLabel('身份证号').fill(VILLAGER.idNumber);
    await page.getByLabel('申请人姓名').fill(VILLAGER.name);
    await page.getByLabel('联系电话').fill(VILLAGER.phone);
    await page.getByLabel('住址').fill(VILLAGER.address);
    await next(page);
    await page.getByText('本人来办').click();
    await next(page);
    await fillForm(page);
    await next(page);
    for (const material of ['高龄津贴申请表', CARD, '居民户口簿', '本人社会保障卡或银行存折（卡）']) {
      await materialIs(page, material, '已收');
    }
    await photographMaterial(page, CARD, await paper('teal'));
    await next(page);
    id = await signAndSubmit(page);
  });

  await test.step('the sync centre tells of step and photo', async () => {
    await page.goto(`${url}/desk/sync`);
    await expect(page.getByText('1 件等着送，1 张照片等着送')).toBeVisible();
    const photos = page.getByRole('region', { name: '现在' });
    await expect(photos.getByText(/^1 张，[\d.]+ KB/)).toBeVisible();
    await expect(page.getByRole('banner').getByText('仅存本机 2')).toBeVisible();
    await check(page, '同步，有照片等着');
    await page.goto(`${url}/desk`);
    await expect(page.getByRole('link', { name: /^待上传.*1 步·照片 1 张/ })).toBeVisible();
  });

  await test.step('spoilt on the disk, it is found when it should go: which one, why, what to do', async () => {
    expect(await losePart(page)).toBeGreaterThan(0);
    await office.start();
    await page.goto(`${url}/desk/sync`);
    const trouble = page.getByRole('region', { name: '要重拍的照片' });
    await expect(trouble.getByText(`王*例·${ITEM}·${CARD}`)).toBeVisible({ timeout: 90_000 });
    await expect(trouble.getByText(/坏了或被清掉了，没法送/)).toBeVisible();
    await expect(page.getByRole('banner').getByText(/^需处理 1/)).toBeVisible();
    await check(page, '同步，要重拍');
    await page.goto(`${url}/desk`);
    await page.getByRole('link', { name: '1 张照片要重拍' }).click();
    await trouble.getByRole('link', { name: /^重拍/ }).click();
    await page.waitForURL(`**/desk/applications/${id}#retake-*`);
  });

  await test.step('taken again it reaches the township, and nobody has to do anything', async () => {
    const again = page.getByRole('region', { name: '要重拍的照片' });
    await expect(again).toBeVisible();
    await check(page, '办件详情，要重拍');
    await again
      .getByLabel(`选${CARD}的文件`)
      .setInputFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: await paper('purple') });
    await page.getByRole('button', { name: '看效果' }).click();
    await page.getByRole('button', { name: '用这张' }).click();
    await expect(again).toBeHidden();
    const township = await TownshipHand.at(city, url);
    await expect
      .poll(
        async () => {
          const { state, item } = await township.look(id);
          const code = item.materials.find(({ name }) => name === CARD)?.code ?? '';
          const held = state.materials[code];
          return [held?.photos?.length, held?.verified?.length];
        },
        { timeout: 90_000 },
      )
      .toEqual([1, 1]);
    await page.goto(`${url}/desk/sync`);
    await expect(page.getByText('都送到了。')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('banner').getByText('已送达')).toBeVisible();
  });
});
