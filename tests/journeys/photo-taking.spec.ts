/**
 * An agent photographs materials, with the office down: with the camera, from files good and bad, by dropping and pasting;
 * what was taken survives a restart, and the card of the same person is not photographed twice.
 */
import { expect, test, type Page } from '@playwright/test';
import sharp from 'sharp';
import { barriers } from '../support/accessibility.ts';
import { FALSE_CAMERA } from '../support/browser-device.ts';
import { beginItem, materialIs, next, readyForOffline, VILLAGER } from '../support/desk-steps.ts';
import { floorChromium } from '../support/floor-chromium.ts';
import { ascii, LOCKED_PDF, PDF, withExif } from '../support/picture-files.ts';
import { openStation } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';
const CARD = '居民身份证';
const BOOK = '居民户口簿';

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
const file = (name: string, bytes: Uint8Array): Upload => ({
  name,
  mimeType: '',
  buffer: Buffer.from(bytes),
});

/** The upper half red, the lower half blue, as a camera held upright stores it: lying on its side. */
async function heldUpright(): Promise<Upload> {
  const half = { create: { width: 300, height: 800, channels: 3 as const, background: 'red' } };
  const stored = await sharp({ create: { width: 600, height: 800, channels: 3, background: 'blue' } })
    .composite([{ input: half, left: 0, top: 0 }])
    .jpeg()
    .toBuffer();
  return file('IMG_1.jpg', withExif(stored, 6));
}

const strip = (page: Page, material: string) => page.getByRole('group', { name: `${material}的照片` });
const pagesOf = (page: Page, material: string) => strip(page, material).getByRole('listitem');
const choose = (page: Page, material: string, files: Upload[]) =>
  strip(page, material).locator('input[type=file]').setInputFiles(files);
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

/** Begins the item for the villager, and goes to the materials. */
async function materialsOf(page: Page): Promise<void> {
  await beginItem(page, 'gljt', ITEM);
  await page
    .getByRole('link', { name: /申请人/ })
    .first()
    .click();
  await page.getByLabel('身份证号').fill(VILLAGER.idNumber);
  await page.getByLabel('申请人姓名').fill(VILLAGER.name);
  await next(page);
  await page.goto(`${page.url().split('/draft/')[0]}/draft/${page.url().split('/')[5]}/materials`);
  await expect(page.getByRole('heading', { name: '材料', level: 1 })).toBeVisible();
}

/** Colours of the large picture, from its upper and lower half. */
const halvesOf = (page: Page): Promise<string[]> =>
  page.locator('.viewer img').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const paint = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext('2d')!;
    paint.drawImage(image, 0, 0);
    return [0.25, 0.75].map((at) => {
      const [r = 0, , b = 0] = paint.getImageData(
        image.naturalWidth / 2,
        image.naturalHeight * at,
        1,
        1,
      ).data;
      return r > 180 && b < 80 ? 'red' : b > 180 && r < 80 ? 'blue' : `${r} ${b}`;
    });
  });

test('photos are taken without the office, survive a restart, and serve the next application too', async () => {
  await using station = await openStation({ args: FALSE_CAMERA });
  let { page } = station;
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await readyForOffline(page);
  await station.office.kill();
  await materialsOf(page);
  await materialIs(page, CARD, '已收');
  await materialIs(page, BOOK, '已收');

  await test.step('two pages with the camera', async () => {
    await press(page, `拍照：${CARD}`);
    await expect(page.getByRole('button', { name: '拍照', exact: true })).not.toHaveAttribute(
      'aria-disabled',
    );
    expect.soft(await barriers(page, '拍照')).toEqual([]);
    await press(page, '拍照');
    await expect(page.getByRole('button', { name: /^左上角/ })).toBeVisible();
    expect.soft(await barriers(page, '裁剪')).toEqual([]);
    await page.getByRole('button', { name: /^左上角/ }).focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await press(page, '看效果');
    await expect(page.getByText(/压缩后 \d+ KB/)).toBeVisible();
    expect.soft(await barriers(page, '看效果')).toEqual([]);
    await press(page, '放大看字');
    await expect(page.getByRole('region', { name: /放大/ })).toBeFocused();
    await press(page, '用这张');
    await expect(page.getByText(/已经存好 1 页/)).toBeVisible();
    await press(page, '拍照');
    await press(page, '右转');
    await press(page, '看效果');
    await press(page, '用这张');
    await press(page, '拍完了');
    await expect(pagesOf(page, CARD)).toHaveCount(2);
  });

  await test.step('the wrong file was picked: another one takes its place', async () => {
    await choose(page, BOOK, [await heldUpright()]);
    await expect(page.getByRole('button', { name: '换一张' })).toBeVisible();
    const picking = page.waitForEvent('filechooser');
    await press(page, '换一张');
    await (await picking).setFiles([file('b.pdf', PDF)]);
    await expect(page.getByText('PDF 文件，原样保存，不在这里打开')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(pagesOf(page, BOOK)).toHaveCount(0);
  });

  await test.step('four files: one held upright, a web page, a locked PDF, a PDF', async () => {
    await choose(page, BOOK, [
      await heldUpright(),
      file('户口簿.jpg', ascii('<!DOCTYPE html><title>登录</title>')),
      file('a.pdf', LOCKED_PDF),
      file('b.pdf', PDF),
    ]);
    await press(page, '看效果');
    await press(page, '用这张');
    await expect(page.getByRole('alert')).toContainText('这个文件不是照片');
    await expect(page.getByRole('alert')).toContainText('网页');
    expect.soft(await barriers(page, '不是照片')).toEqual([]);
    await press(page, /^跳过它/);
    await expect(page.getByRole('alert')).toContainText('密码');
    await press(page, /^跳过它/);
    await press(page, '用这份');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(pagesOf(page, BOOK)).toHaveCount(2);
    expect.soft(await barriers(page, '材料和照片')).toEqual([]);
  });

  await test.step('it stands upright', async () => {
    await press(page, `看大图：${BOOK}第 1 页`);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect.poll(() => halvesOf(page)).toEqual(['red', 'blue']);
    await press(page, /^关闭/);
  });

  await test.step('one is dropped, one is pasted; a page that was taken away comes back', async () => {
    const bytes = [
      ...(await sharp({ create: { width: 320, height: 200, channels: 3, background: 'teal' } })
        .png()
        .toBuffer()),
    ];
    for (const kind of ['drop', 'paste'] as const) {
      await strip(page, BOOK).evaluate(
        (node, [type, content, shade]) => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(content), shade], 'photo.png', { type: 'image/png' }));
          node.dispatchEvent(
            type === 'drop'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
          );
        },
        [kind, bytes, kind] as const,
      );
      // the same picture twice would be no second page
      if (kind === 'paste') await press(page, '右转');
      await press(page, '看效果');
      await press(page, '用这张');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    await expect(pagesOf(page, BOOK)).toHaveCount(4);
    await press(page, `去掉${BOOK}第 2 页`);
    await expect(pagesOf(page, BOOK)).toHaveCount(3);
    await press(page, '撤回');
    await expect(pagesOf(page, BOOK).nth(1)).toContainText('PDF');
  });

  await test.step('a slip to 缺 and back costs nothing', async () => {
    await materialIs(page, BOOK, '缺');
    await expect(page.getByText(/拍好的 4 页先收起来了/)).toBeVisible();
    await materialIs(page, BOOK, '已收');
    await expect(pagesOf(page, BOOK)).toHaveCount(4);
  });

  const address = new URL(page.url());
  await test.step('the browser is closed and opened again, still without the office', async () => {
    page = await station.reopen(address.pathname);
    page.on('pageerror', (error) => faults.push(error.message));
    await expect(pagesOf(page, CARD)).toHaveCount(2);
    await expect(pagesOf(page, BOOK)).toHaveCount(4);
    await expect(pagesOf(page, CARD).first().getByRole('img', { includeHidden: true })).toHaveCount(1);
  });

  await test.step('the next application of the same person takes the card over', async () => {
    await materialsOf(page);
    await materialIs(page, CARD, '已收');
    await expect(page.getByText(/这个人上次在这台电脑上拍过 2 页/)).toBeVisible();
    expect.soft(await barriers(page, '用上次拍的')).toEqual([]);
    await press(page, `用上次拍的${CARD}`);
    await expect(pagesOf(page, CARD)).toHaveCount(2);
    await expect(pagesOf(page, CARD).first().locator('img')).toBeVisible();
  });
  expect(faults).toEqual([]);
});

test('on Chromium 109 a photo is taken with the camera, and one held upright stands upright', async () => {
  await using station = await openStation({ executablePath: await floorChromium(), args: FALSE_CAMERA });
  const { page } = station;
  await readyForOffline(page);
  await beginItem(page, 'gljt', ITEM);
  await page.goto(`${page.url()}/materials`);
  await materialIs(page, CARD, '已收');
  await choose(page, CARD, [await heldUpright()]);
  await press(page, '看效果');
  await press(page, '用这张');
  await press(page, `看大图：${CARD}第 1 页`);
  await expect.poll(() => halvesOf(page)).toEqual(['red', 'blue']);
  await press(page, /^关闭/);

  await press(page, `再拍一页：${CARD}`);
  await press(page, '拍照');
  await press(page, '看效果');
  await press(page, '用这张');
  await press(page, '拍完了');
  await expect(pagesOf(page, CARD)).toHaveCount(2);
});
