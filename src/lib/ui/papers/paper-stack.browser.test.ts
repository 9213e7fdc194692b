import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import { samplePapers } from '../../../routes/dev/parts/sample-papers.ts';
import PaperStack from './PaperStack.svelte';

const papers = samplePapers('person', 'applicant').slice(0, 2);
const pageRules = () =>
  document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText);

test('the printer is told the size of the paper on the page, and nothing once it is gone', async () => {
  const screen = await render(PaperStack, { papers, size: 'a5' });
  expect(pageRules()).toEqual([expect.stringContaining('size: 210mm 148mm')]);
  await screen.rerender({ size: 'a4' });
  expect(pageRules()).toEqual([expect.stringContaining('size: 210mm 297mm')]);
  await screen.unmount();
  expect(pageRules()).toEqual([]);
});

test('the roll is as long as its longest paper', async () => {
  const screen = await render(PaperStack, { papers, size: 'roll' });
  const longest = Math.max(
    ...[...screen.container.querySelectorAll<HTMLElement>('.paper')].map((paper) => paper.offsetHeight),
  );
  const millimetres = Number(/80mm (\d+)mm/.exec(pageRules()[0] ?? '')?.[1]);
  expect(millimetres).toBeGreaterThan((longest * 25.4) / 96);
  expect(millimetres).toBeLessThan((longest * 25.4) / 96 + 5);
});

test('a paper that is only shown neither sets the size nor is marked for the printer', async () => {
  const screen = await render(PaperStack, { papers, size: 'roll', print: false });
  expect(pageRules()).toEqual([]);
  expect(screen.container.querySelector('[data-print]')).toBeNull();
});

test('a sheet is as wide on the screen as in the hand', async () => {
  const screen = await render(PaperStack, { papers, size: 'a5' });
  const paper = screen.container.querySelector('.paper')!;
  expect(Math.round(parseFloat(getComputedStyle(paper).width))).toBe(794);
});

test('each copy is named to a screen reader', async () => {
  const screen = await render(PaperStack, { papers, size: 'a4' });
  await expect.element(screen.getByRole('region', { name: '打印预览' })).toBeVisible();
  await expect.element(screen.getByRole('article', { name: '收件凭证 第一联·交申请人' })).toBeVisible();
});
