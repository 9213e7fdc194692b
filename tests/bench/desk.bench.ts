/**
 * How long an old PC with a dead office needs from opening the desk's address to a desk that can be used: the search box
 * has the focus, the station's items and the work at hand are shown, and gljt finds its item. A real Chromium on a
 * profile that was ready for offline, restarted for each run, its main thread four times slower (CDP). Times are the
 * page's own, so that the driver's are not in them. Uses the built application (BUILD_DIR, else build/).
 */
import type { Page } from '@playwright/test';
import type { Row } from '../../scripts/bench-row.ts';
import { readyForOffline } from '../support/desk-steps.ts';
import { openStation } from '../support/station.ts';

const RUNS = 5;
const SLOWER = 4;
const BUDGET_MS = 1500;

interface Seen {
  /** ms since the navigation began, by the page's clock */
  painted?: number;
  usable?: number;
  typed?: number;
  found?: number;
}

/** Runs in the page before its scripts: notes when something can be seen for the first time. */
function notice(): void {
  const seen: Seen = {};
  Object.assign(globalThis, { seen });
  const shown = (selector: string): boolean => document.querySelector(selector) !== null;
  const look = (): void => {
    const at = performance.now();
    if (shown('main h1')) seen.painted ??= at;
    const items = shown('nav[aria-label="常办事项"] a');
    const work = shown('section[aria-labelledby="h-first"] :is(.rows, .empty)');
    if (items && work && document.activeElement?.id === 'q') seen.usable ??= at;
    const hits = document.querySelector('section[aria-labelledby="h-new"] .rows');
    const typed = document.querySelector<HTMLInputElement>('#q')?.value === 'gljt';
    if (typed && hits?.textContent?.includes('老年人高龄津贴认定')) seen.found ??= at;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener('input', () => (seen.typed = performance.now()), { capture: true });
}

async function openDesk(page: Page, address: string): Promise<Required<Seen>> {
  const remote = await page.context().newCDPSession(page);
  await remote.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(notice);
  await page.goto(address, { waitUntil: 'commit' });
  const told = (what: keyof Seen) =>
    page.waitForFunction((key) => (globalThis as unknown as { seen: Seen }).seen[key], what, {
      timeout: 60_000,
    });
  await told('usable');
  await page.keyboard.type('gljt');
  await told('found');
  return page.evaluate(() => (globalThis as unknown as { seen: Required<Seen> }).seen);
}

export async function run(): Promise<Row[]> {
  await using station = await openStation();
  await readyForOffline(station.page);
  await station.office.kill();
  const painted: number[] = [];
  const found: number[] = [];
  const usable: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await station.reopen('/desk');
    await page.waitForURL('**/desk');
    await page.goto('about:blank');
    const seen = await openDesk(page, `${station.office.url}/desk`);
    painted.push(seen.painted);
    found.push(seen.found - seen.typed);
    usable.push(seen.usable + seen.found - seen.typed);
  }
  const row = (measure: string, value: number, atMost?: number): Row => ({
    measure: `office dead, CPU ÷${SLOWER}: ${measure}`,
    value: Math.round(value),
    unit: 'ms',
    ...(atMost === undefined ? {} : { atMost }),
  });
  return [
    row('heading shown, median', median(painted)),
    row('last key of gljt to its item, median', median(found)),
    row(`usable desk, median of ${RUNS}`, median(usable), BUDGET_MS),
    row(`usable desk, worst of ${RUNS}`, Math.max(...usable), BUDGET_MS),
  ];
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
