import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Tabs from './Tabs.svelte';

const tabs = [
  { id: 'materials', label: '要带的材料', count: 4 },
  { id: 'conditions', label: '条件' },
  { id: 'steps', label: '流程' },
];
const children = createRawSnippet<[string]>((id) => ({ render: () => `<p>${id()}</p>` }));

test('arrow keys show the next view and come round, Home and End go to the ends, Tab reaches the panel', async () => {
  const screen = await render(Tabs, { tabs, selected: 'materials', label: '指南', children });
  const tab = (name: string) => screen.getByRole('tab', { name });
  await tab('要带的材料 4').click();

  await userEvent.keyboard('{ArrowRight}');
  await expect.element(tab('条件')).toHaveFocus();
  await expect.element(tab('条件')).toHaveAttribute('aria-selected', 'true');
  await expect.element(screen.getByRole('tabpanel', { name: '条件' })).toBeVisible();

  await userEvent.keyboard('{End}{ArrowRight}');
  await expect.element(tab('要带的材料 4')).toHaveFocus();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(tab('流程')).toHaveFocus();
  await userEvent.keyboard('{Home}{Tab}');
  await expect.element(screen.getByRole('tabpanel')).toHaveFocus();
});
