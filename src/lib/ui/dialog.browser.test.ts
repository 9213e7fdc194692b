import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from './Dialog.svelte';

const acts = createRawSnippet(() => ({ render: () => '<button type="button">留着</button>' }));

test('Escape means no: it closes, says so once, and the focus goes back to where it was', async () => {
  const opener = document.createElement('button');
  document.body.append(opener);
  opener.focus();
  const onclose = vi.fn();
  const screen = await render(Dialog, { open: false, title: '放弃这份草稿？', acts, onclose });

  await screen.rerender({ open: true });
  const dialog = screen.getByRole('dialog', { name: '放弃这份草稿？' });
  await expect.element(dialog).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '留着' })).toHaveFocus();

  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
  expect(onclose).toHaveBeenCalledTimes(1);
  expect(document.activeElement).toBe(opener);
  opener.remove();
});

test('the page closes it by its own state', async () => {
  const screen = await render(Dialog, { open: true, title: '作废这件？', acts });
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  await screen.rerender({ open: false });
  await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
});
