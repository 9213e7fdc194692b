/**
 * A printing press: the real paper parts, bundled with their style sheets for the browser floor and drawn in a real
 * Chromium, which prints them to PDF as a person's browser does. No office, no device, no page around them.
 */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium, type Page } from '@playwright/test';
import { build, type Rollup } from 'vite';
import type { Paper } from '#lib/domain/papers/paper.ts';
import type { PaperSize } from '#lib/ui/papers/paper-size.ts';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.ts';

const root = resolve(import.meta.dirname, '../..');
const ENTRY = 'virtual:press';
const SCRIPT = `
  import '/src/app.css';
  import { flushSync, mount, unmount } from 'svelte';
  import PaperStack from '/src/lib/ui/papers/PaperStack.svelte';
  let shown;
  window.show = (papers, size) => {
    if (shown) void unmount(shown);
    shown = mount(PaperStack, { target: document.body, props: { papers, size } });
    flushSync();
  };
`;

export interface Print {
  pdf: Buffer;
  pages: number;
  /** Width and height of the first page, in whole millimetres. */
  size: string;
  /** What sticks out of its paper, by its text. */
  outside: string[];
  text: string;
}

export interface PaperPress extends AsyncDisposable {
  print(papers: readonly Paper[], size: PaperSize): Promise<Print>;
  page: Page;
}

async function bundle(): Promise<{ script: string; style: string }> {
  const result = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [
      svelte({ configFile: false }),
      {
        name: 'press',
        resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
        load: (id) => (id === `\0${ENTRY}` ? SCRIPT : undefined),
      },
    ],
    build: {
      write: false,
      target: 'chrome109',
      cssTarget: 'chrome109',
      minify: false,
      cssCodeSplit: false,
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  })) as Rollup.RollupOutput;
  const chunk = result.output.find((file) => file.type === 'chunk');
  const style = result.output.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  if (chunk?.type !== 'chunk' || style?.type !== 'asset')
    throw new Error(`the press was not built: ${result.output.map((f) => f.fileName).join(' ')}`);
  return { script: chunk.code, style: String(style.source) };
}

/** In the page: elements wider than they may be. Runs in the browser. */
function sticksOut(): string[] {
  return [...document.querySelectorAll('.paper')].flatMap((paper) => {
    const edge = paper.getBoundingClientRect();
    return [...paper.querySelectorAll('*')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return (
          box.right > edge.right + 0.5 ||
          box.left < edge.left - 0.5 ||
          (element.scrollWidth > element.clientWidth + 1 &&
            element.clientWidth > 0 &&
            getComputedStyle(element).display !== 'inline')
        );
      })
      .map((element) => `${element.className}: ${element.textContent?.slice(0, 40) ?? ''}`);
  });
}

export async function paperPress(executablePath = chromiumPath()): Promise<PaperPress> {
  const { script, style } = await bundle();
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.setContent(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><body></body></html>`);
  await page.addStyleTag({ content: style });
  await page.addScriptTag({ content: script });
  return {
    page,
    async print(papers, size) {
      await page.evaluate(
        ([all, of]) => (window as unknown as { show: (a: unknown, b: unknown) => void }).show(all, of),
        [papers, size] as const,
      );
      await page.evaluate(() => new Promise(requestAnimationFrame));
      const outside = await page.evaluate(sticksOut);
      const text = await page.evaluate(() => document.body.innerText);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      return { pdf, ...pagesOf(pdf), outside, text };
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

const MM_PER_POINT = 25.4 / 72;

/** Chromium writes its page objects uncompressed. */
function pagesOf(pdf: Buffer): { pages: number; size: string } {
  const source = pdf.toString('latin1');
  const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(source);
  const size = [box?.[1], box?.[2]].map((points) => Math.round(Number(points) * MM_PER_POINT)).join(' × ');
  return { pages: source.match(/\/Type\s*\/Page\b/g)?.length ?? 0, size };
}
