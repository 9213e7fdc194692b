import { createRawSnippet } from 'svelte';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Button from './Button.svelte';

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

test('a blocked button can be reached, says why, and does nothing', async () => {
  const onpress = vi.fn();
  const screen = await render(Button, {
    children: words('提交这件申请'),
    type: 'submit',
    blockedBecause: '第 3、4 步完成后才能提交',
    onpress,
  });
  const button = screen.getByRole('button', { name: '提交这件申请' });
  await expect.element(button).toHaveAttribute('aria-disabled', 'true');
  await expect.element(button).toHaveAccessibleDescription('第 3、4 步完成后才能提交');
  const element = button.element() as HTMLButtonElement;
  element.focus();
  expect(document.activeElement).toBe(element);
  element.click();
  expect(onpress).not.toHaveBeenCalled();
});

test('a blocked link leads nowhere', async () => {
  const screen = await render(Button, { children: words('去签字'), href: '/sign', blockedBecause: '先核对' });
  expect(screen.container.querySelector('a')).toBeNull();
});

test('a blocked submit button does not send its form', async () => {
  const screen = await render(Button, {
    children: words('提交'),
    type: 'submit',
    blockedBecause: '还缺 1 样',
  });
  const sent = vi.fn((event: SubmitEvent) => event.preventDefault());
  const form = document.createElement('form');
  form.addEventListener('submit', sent);
  const button = screen.getByRole('button').element() as HTMLButtonElement;
  button.parentElement?.append(form);
  form.append(button);
  button.click();
  expect(sent).not.toHaveBeenCalled();
});
