import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../tokens.css';
import ClarityNotice from './ClarityNotice.svelte';
import PhotoStrip from './PhotoStrip.svelte';

const page = (name: string, change: object = {}) => ({
  sha256: name.repeat(64),
  size: 186_000,
  type: 'jpeg' as const,
  thumb: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=',
  ...change,
});

async function strip(change: object = {}) {
  const calls = {
    oncamera: vi.fn(),
    onfiles: vi.fn<(files: File[]) => void>(),
    onopen: vi.fn(),
    onremove: vi.fn(),
    onundo: vi.fn(),
  };
  const pages = [page('a'), page('b', { type: 'pdf', size: 1_300_000, thumb: undefined })];
  const screen = await render(PhotoStrip, { material: '居民户口簿', pages, most: 20, ...calls, ...change });
  return { screen, ...calls };
}

test('every page has its number and size, opens large, and can be taken away', async () => {
  const { screen, onopen, onremove } = await strip();
  await expect.element(screen.getByText('182 KB')).toBeVisible();
  await expect.element(screen.getByText('1.2 MB')).toBeVisible();
  await expect.element(screen.getByText('PDF', { exact: true })).toBeVisible();
  await screen.getByRole('button', { name: '看 PDF：居民户口簿第 2 页' }).click();
  expect(onopen).toHaveBeenCalledWith(1);
  await screen.getByRole('button', { name: '去掉居民户口簿第 1 页' }).click();
  expect(onremove).toHaveBeenCalledWith(0);
});

test('a page that was taken away can be brought back in the same place', async () => {
  const { screen, onundo } = await strip({ undo: 2 });
  await expect.element(screen.getByText(/第 2 页已经去掉/)).toBeVisible();
  await screen.getByRole('button', { name: '撤回' }).click();
  expect(onundo).toHaveBeenCalledTimes(1);
});

test('several files are handed over at once, and the same ones again when chosen again', async () => {
  const { screen, onfiles } = await strip({ pages: [] });
  const input = screen.container.querySelector('input') as HTMLInputElement;
  for (let time = 1; time <= 2; time++) {
    const chosen = new DataTransfer();
    for (const name of ['1.jpg', '2.pdf']) chosen.items.add(new File(['x'], name));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    expect(onfiles.mock.lastCall?.[0].map(({ name }) => name)).toEqual(['1.jpg', '2.pdf']);
    expect(input.files).toHaveLength(0);
  }
  expect(onfiles).toHaveBeenCalledTimes(2);
});

test('without pages it says that paper is enough', async () => {
  const { screen, oncamera } = await strip({ pages: [] });
  await expect.element(screen.getByText('可以不拍，纸件照收')).toBeVisible();
  await screen.getByRole('button', { name: '拍照：居民户口簿' }).click();
  expect(oncamera).toHaveBeenCalledTimes(1);
});

test('with as many pages as may be, no more are taken and it says why', async () => {
  const { screen, oncamera } = await strip({ most: 2 });
  const camera = screen.getByRole('button', { name: '再拍一页：居民户口簿' });
  await expect.element(camera).toHaveAccessibleDescription('最多 2 页，已经满了');
  (camera.element() as HTMLElement).click();
  expect(oncamera).not.toHaveBeenCalled();
});

test('a page that this device has lost says so; who may only look has no buttons', async () => {
  const { screen } = await strip({ pages: [page('c', { thumb: null })], disabled: true });
  await expect.element(screen.getByText('这台电脑上没有了，请重拍')).toBeVisible();
  expect(screen.getByRole('button').elements()).toHaveLength(1);
});

test('nobody is kept out of the strip', async () => {
  const { screen } = await strip({ undo: 1 });
  const { violations } = await axe.run(screen.container);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test.each([
  ['clear', '清楚'],
  ['blurred', '可能模糊'],
  ['dark', '太暗'],
] as const)('a photo that is %s is told in a word, read out', async (clarity, word) => {
  const screen = await render(ClarityNotice, { clarity });
  await expect.element(screen.getByRole('status').getByText(word)).toBeVisible();
  const { violations } = await axe.run(screen.container);
  expect(violations).toEqual([]);
});
