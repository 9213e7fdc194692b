import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import Choices from './Choices.svelte';
import ErrorSummary from './ErrorSummary.svelte';
import TextInput from './TextInput.svelte';

const errors = [
  { id: 'tel', text: '联系亲属电话少 1 位，手机号应是 11 位' },
  { id: 'live', text: '请选居住方式' },
];

test('the summary takes the focus and counts what is wrong', async () => {
  const screen = await render(ErrorSummary, { errors });
  await expect.element(screen.getByRole('alert')).toHaveFocus();
  await expect.element(screen.getByRole('heading')).toHaveTextContent('有 2 处要改，改好才能往下走');
});

test('each line leads to its field, which says the same words', async () => {
  const [tel, live] = errors as [(typeof errors)[0], (typeof errors)[0]];
  await render(TextInput, { id: tel.id, label: '联系亲属电话', error: tel.text });
  await render(Choices, {
    id: live.id,
    label: '居住方式',
    error: live.text,
    options: [
      { value: 'alone', label: '独居' },
      { value: 'children', label: '与子女居住' },
    ],
  });
  const screen = await render(ErrorSummary, { errors });

  await screen.getByRole('link', { name: tel.text }).click();
  const phone = screen.getByLabelText('联系亲属电话');
  await expect.element(phone).toHaveFocus();
  await expect.element(phone).toHaveAccessibleDescription(tel.text);
  await expect.element(phone).toHaveAttribute('aria-invalid', 'true');

  await screen.getByRole('link', { name: live.text }).click();
  await expect.element(screen.getByRole('radio', { name: '独居' })).toHaveFocus();
  await expect.element(screen.getByRole('radiogroup')).toHaveAccessibleDescription(live.text);
});

test('the lines stand in the order of the fields, however the errors were found', async () => {
  await render(TextInput, { id: 'first', label: '身份证号' });
  await render(TextInput, { id: 'second', label: '姓名' });
  const screen = await render(ErrorSummary, {
    errors: [
      { id: 'second', text: '请填写姓名' },
      { id: 'first', text: '请填写身份证号' },
    ],
  });
  const lines = screen.getByRole('listitem');
  await expect.element(lines.first()).toHaveTextContent('请填写身份证号');
  await expect.element(lines.last()).toHaveTextContent('请填写姓名');
});

test('no errors, no summary', async () => {
  const screen = await render(ErrorSummary, { errors: [] });
  expect(screen.container.querySelector('[role=alert]')).toBeNull();
});
