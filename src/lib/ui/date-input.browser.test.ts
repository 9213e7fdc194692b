import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import DateInput from './DateInput.svelte';

async function boxes(value = '') {
  const oninput = vi.fn<(value: string) => void>();
  const screen = await render(DateInput, { label: '出生日期', value, oninput, id: 'born' });
  return { screen, oninput, box: (name: string) => screen.getByRole('textbox', { name }) };
}

test.each(['19430308', '1943.3.8', '1943/3/8', '1943-03-08'])(
  'typing %s without looking fills the three boxes',
  async (typed) => {
    const { box, oninput } = await boxes();
    await box('年').click();
    await userEvent.keyboard(typed.replaceAll('/', '[Slash]'));
    expect(oninput).toHaveBeenLastCalledWith('1943-03-08');
    await expect.element(box('日')).toHaveFocus();
  },
);

test('a month that may still become 12 waits for its second digit', async () => {
  const { box, oninput } = await boxes();
  await box('年').click();
  await userEvent.keyboard('194312');
  await expect.element(box('日')).toHaveFocus();
  await userEvent.keyboard('25');
  expect(oninput).toHaveBeenLastCalledWith('1943-12-25');
});

test('Backspace goes back through empty boxes, and what is half typed is kept', async () => {
  const { box, oninput } = await boxes('1943-03-08');
  await box('日').click();
  await userEvent.keyboard('{End}{Backspace}{Backspace}{Backspace}');
  await expect.element(box('月')).toHaveFocus();
  expect(oninput).toHaveBeenLastCalledWith('1943-03-');
});

test('a pasted date fills all three boxes', async () => {
  const { box, oninput } = await boxes();
  const data = new DataTransfer();
  data.setData('text', '1943年3月8日');
  box('年')
    .element()
    .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  expect(oninput).toHaveBeenLastCalledWith('1943-03-08');
  await expect.element(box('月')).toHaveValue('03');
});

test('a value from outside (card reader) is shown, and the boxes are one question', async () => {
  const { screen, box } = await boxes();
  await screen.rerender({ value: '1938-11-02' });
  await expect.element(box('年')).toHaveValue('1938');
  await expect.element(box('日')).toHaveValue('02');
  await expect.element(screen.getByRole('group', { name: '出生日期' })).toBeVisible();
});
