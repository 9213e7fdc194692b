import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../app.css';
import Paper from './Paper.svelte';

const children = createRawSnippet(() => ({ render: () => '<p>收件凭证</p>' }));
const pageRules = () =>
  document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText);

test('the printer is told the size of the paper on the page, and nothing once it is gone', async () => {
  const screen = await render(Paper, { size: 'a5', label: '收件凭证', children });
  expect(pageRules()).toEqual([expect.stringContaining('size: 210mm 148mm')]);
  await screen.rerender({ size: 'roll' });
  expect(pageRules()).toEqual([expect.stringContaining('size: 80mm 200mm')]);
  await screen.unmount();
  expect(pageRules()).toEqual([]);
});

test('a paper that is only shown neither sets the size nor is marked for the printer', async () => {
  const screen = await render(Paper, { size: 'roll', label: '小票', print: false, children });
  expect(pageRules()).toEqual([]);
  expect(screen.container.querySelector('[data-print]')).toBeNull();
});

test('an A5 sheet is as large on the screen as in the hand', async () => {
  const screen = await render(Paper, { size: 'a5', label: '收件凭证', children });
  const style = getComputedStyle(screen.getByRole('article').element());
  expect([parseFloat(style.width), parseFloat(style.minHeight)].map(Math.round)).toEqual([794, 559]);
});
