/**
 * What a photo costs an agent at a counter: from the file chosen to the corners shown, from there to the finished picture,
 * its bytes, the longest task of the page, and its memory at the peak; medians of three. Through the built application, the
 * network left alone; once as this machine is, and once four times slower, worker and all (slow-browser.ts).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Row } from '../../scripts/bench-row.ts';
import { beginItem, materialIs, readyForOffline } from '../support/desk-steps.ts';
import { sheetPhoto } from '../support/sheet-photo.ts';
import { peakMemory, renderers, slowed } from '../support/slow-browser.ts';
import { openStation } from '../support/station.ts';

const MATERIAL = '居民户口簿';
const SIZES = [
  [2, 1920, 1080],
  [12, 4000, 3000],
  [40, 7680, 5120],
] as const;
const SLOWER = [1, 4];
const RUNS = 3;
const MOST_KB = 488; // 500,000 bytes, as the page tells them
const MOST_BLOCKED_MS = 100;

/** Runs in the page: the longest task since the last call, 0 when none reached the 50 ms from which browsers tell. */
const watchTasks = (): void => {
  const watched = globalThis as unknown as { longest: number };
  watched.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
  }).observe({ type: 'longtask' });
};
const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const watched = globalThis as unknown as { longest: number };
    const { longest } = watched;
    watched.longest = 0;
    return longest;
  });

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

interface Taken {
  corners: number;
  result: number;
  kb: number;
  blocked: number;
}

async function takeOne(page: Page, photo: string): Promise<Taken> {
  const button = (text: string) => page.getByRole('button', { name: text, exact: true });
  const input = page.getByRole('group', { name: `${MATERIAL}的照片` }).locator('input[type=file]');
  const corners = await timed(async () => {
    // a file on the disk, as a person picks one: bytes from here would be unpacked on the page's main thread
    await input.setInputFiles(photo);
    await button('看效果').waitFor({ timeout: 120_000 });
  });
  const result = await timed(async () => {
    await button('看效果').click();
    await button('用这张').waitFor({ timeout: 120_000 });
  });
  const told = (await page.getByText(/压缩后/).textContent()) ?? '';
  const blocked = await longestTask(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  return { corners, result, kb: Number(/(\d+) KB/.exec(told)?.[1] ?? NaN), blocked };
}

export async function run(): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'jinban-photos-'));
  try {
    for (const size of SIZES) rows.push(...(await measured(size, folder)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

async function measured([megapixels, width, height]: (typeof SIZES)[number], folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  const photo = await sheetPhoto(width, height);
  const path = join(folder, `${megapixels}.jpg`);
  writeFileSync(path, photo);
  for (const times of SLOWER) {
    // a browser of its own for each, because a process tells only its highest peak of memory
    await using station = await openStation();
    const { page } = station;
    await readyForOffline(page);
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    await page.goto(`${page.url()}/materials`);
    await materialIs(page, MATERIAL, '已收');
    await page.evaluate(watchTasks);
    const pids = renderers();
    const before = peakMemory(pids);
    const taken = await slowed(pids, times, async () => {
      const runs: Taken[] = [];
      for (let run = 0; run < RUNS; run++) runs.push(await takeOne(page, path));
      return runs;
    });
    const median = (key: keyof Taken): number =>
      Math.round(taken.map((one) => one[key]).toSorted((a, b) => a - b)[RUNS >> 1] ?? NaN);
    const at = `${megapixels} MP (${(photo.length / 1e6).toFixed(1)} MB), ${times}× slower`;
    rows.push(
      { measure: `${at}: file chosen to corners`, value: median('corners'), unit: 'ms' },
      { measure: `${at}: to the finished picture`, value: median('result'), unit: 'ms' },
      { measure: `${at}: finished picture`, value: median('kb'), unit: 'KB', atMost: MOST_KB },
      {
        measure: `${at}: longest task of the page`,
        value: median('blocked'),
        unit: 'ms',
        atMost: MOST_BLOCKED_MS,
      },
      {
        measure: `${at}: memory above an idle page`,
        value: Math.round(peakMemory(pids) - before),
        unit: 'MB',
      },
    );
  }
  return rows;
}
