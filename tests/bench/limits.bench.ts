/**
 * What a station bears (docs/limits.md): ten thousand commands that wait, in a Chromium with the memory of a cheap tablet and
 * a main thread four times slower, and a month without the office. Each is pressed by the production code with real keys,
 * survives a restart of the browser, is listed, and arrives at a real office. Uses the built application (BUILD_DIR, else
 * build/). LIMITS_COUNT presses fewer.
 */
import type { Page } from '@playwright/test';
import type { Row } from '../../scripts/bench-row.ts';
import { browserDevice, type BrowserDevice } from '../support/browser-device.ts';
import { demoCity } from '../support/demo-city.ts';
import { enrol, readyForOffline, signIn } from '../support/desk-steps.ts';
import { pressMany } from '../support/in-page.ts';
import { commandsAt } from '../support/office-book.ts';
import { runningOffice, startOffice } from '../support/office-process.ts';
import { peakMemory, renderers } from '../support/slow-browser.ts';
import { told, watched } from '../support/standstill.ts';
import { personOf, VILLAGE } from '../support/station.ts';

const COUNT = Number(process.env.LIMITS_COUNT ?? 10_000);
const MONTH = 500;
const DAYS = 30;
const SLOWER = 4;
const STILL_MS = 100;
const ITEM = '410511005000';
/** A tablet of 2 GB: Chromium's own mode for it, and a heap of at most 512 MB a page. */
const SMALL = ['--enable-low-end-device-mode', '--js-flags=--max-old-space-size=512'];
const DAY_MS = 86_400_000;

const row = (measure: string, value: number, unit: string, atMost?: number): Row => ({
  measure,
  value: Math.round(value),
  unit,
  ...(atMost === undefined ? {} : { atMost }),
});
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

async function slowPage(device: BrowserDevice): Promise<Page> {
  const page = await device.open();
  const remote = await page.context().newCDPSession(page);
  await remote.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return page;
}

async function many(): Promise<Row[]> {
  await using city = await demoCity();
  await using office = await runningOffice({ dataDir: city.dataDir });
  await using device = browserDevice({ args: SMALL });
  const agent = personOf(city, VILLAGE);
  const first = await device.open();
  await enrol(first, office.url, (await city.issueCode(VILLAGE)).code);
  await signIn(first, agent, city.passphrase);
  await readyForOffline(first);
  await office.kill();
  await first.goto('about:blank');
  await first.goto(`${office.url}/shell`);
  const pressed = await pressMany(first, { count: COUNT, code: ITEM, since: ago(7) });

  const page = await slowPage(device);
  const unlocked = await watched(page, async () => {
    await page.goto(`${office.url}/desk/sync`, { waitUntil: 'commit' });
    await page.waitForURL(/unlock/);
    await signIn(page, agent, city.passphrase);
    await told(page, '#h-wait', '等着送的');
  });
  const listed = await watched(page, async () => {
    await page.goto(`${office.url}/desk/sync`, { waitUntil: 'commit' });
    await told(page, 'section[aria-labelledby="h-now"] p.h-l', `还有 ${COUNT} 件`);
    await page.waitForFunction(
      () => document.querySelectorAll('section[aria-labelledby="h-wait"] li').length === 20,
      null,
      { polling: 100, timeout: 240_000 },
    );
  });
  const home = await watched(page, async () => {
    await page.goto(`${office.url}/desk`, { waitUntil: 'commit' });
    await page.waitForSelector('#q');
    await told(page, 'section[aria-labelledby="h-first"] a.push', `全部 ${COUNT} 件`);
  });
  const all = await watched(page, async () => {
    await page.goto(`${office.url}/desk/applications`, { waitUntil: 'commit' });
    await told(page, '#found', `${COUNT} 件`);
  });
  await page.goto(`${office.url}/desk/sync`, { waitUntil: 'commit' });
  await told(page, '#h-wait', '等着送的');
  await office.start();
  const drained = await watched(page, async () => {
    await page.getByRole('button', { name: '立即同步' }).click();
    await page.waitForFunction(
      () => document.querySelector('main')?.textContent?.includes('都送到了。'),
      null,
      {
        polling: 500,
        timeout: 900_000,
      },
    );
  });
  const memory = peakMemory(renderers());
  const taken = commandsAt(city.dataDir).filter(({ status }) => status === 'applied').length;
  const of = (what: string): string => `${COUNT} waiting, CPU ÷${SLOWER}, low-end mode: ${what}`;
  return [
    row('a press of 提交, offline', pressed, 'ms', 50),
    row(of('restart, unlock and first list'), unlocked.took, 'ms'),
    row(of('sync centre listed'), listed.took, 'ms', 5000),
    row(of('longest standstill of the sync centre'), listed.still, 'ms', STILL_MS),
    row(of('first page whole'), home.took, 'ms'),
    row(of('longest standstill of the first page'), home.still, 'ms'),
    row(of('我的办件 whole'), all.took, 'ms'),
    row(of('longest standstill of 我的办件'), all.still, 'ms'),
    row(of('all sent to a real office'), drained.took / 1000, 's'),
    row(of('longest standstill while sending'), drained.still, 'ms', STILL_MS),
    row(of('most memory of a page'), memory, 'MB', 600),
    { measure: of('applied at the office'), value: taken, unit: '件', atLeast: COUNT },
  ];
}

/** The office's clock was a month ago when the device last met it: session, release and contact are that old. */
async function month(): Promise<Row[]> {
  await using city = await demoCity();
  await using device = browserDevice();
  const agent = personOf(city, VILLAGE);
  const before = await startOffice({ dataDir: city.dataDir, now: ago(DAYS) });
  const page = await device.open();
  await enrol(page, before.url, (await city.issueCode(VILLAGE, ago(DAYS))).code);
  await signIn(page, agent, city.passphrase);
  await readyForOffline(page);
  await before.kill();
  await pressMany(page, { count: MONTH, code: ITEM, since: ago(DAYS), stepMs: (DAYS * DAY_MS) / MONTH });
  const again = await device.open();
  await again.goto(`${before.url}/desk/sync`);
  await again.waitForURL(/unlock/);
  await signIn(again, agent, city.passphrase);
  const { url, port } = before;
  await using _ = await runningOffice({ dataDir: city.dataDir, port });
  const began = performance.now();
  await again.goto(`${url}/desk/sync`);
  await again.getByRole('button', { name: '立即同步' }).click();
  await again.getByText('都送到了。', { exact: true }).waitFor({ timeout: 300_000 });
  const took = performance.now() - began;
  const taken = commandsAt(city.dataDir).filter(({ status }) => status === 'applied').length;
  const of = (what: string): string => `${DAYS} days without the office, ${MONTH} applications: ${what}`;
  return [
    row(of('unlocked offline and all sent'), took / 1000, 's'),
    { measure: of('applied at the office'), value: taken, unit: '件', atLeast: MONTH },
  ];
}

export const run = async (): Promise<Row[]> => [...(await many()), ...(await month())];
