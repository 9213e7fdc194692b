import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import TextArea from './TextArea.svelte';

test('the counter counts characters as people do, and nothing that was typed is cut off', async () => {
  const screen = await render(TextArea, { label: '说明', maxLength: 5 });
  const box = screen.getByLabelText('说明');
  // 𠮷 (U+20BB7) is one character of a name, two units of UTF-16
  await box.fill('𠮷𠮷');
  await expect.element(screen.getByText('还可写 3 字').first()).toBeVisible();
  await box.fill('一二三四五六七');
  await expect.element(screen.getByText('多了 2 字，请删减').first()).toBeVisible();
  await expect.element(box).toHaveValue('一二三四五六七');
});
