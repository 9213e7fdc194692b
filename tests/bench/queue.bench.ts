/**
 * A clerk's queue of 5,000 cases on an old PC: how long until it is listed, and how long the page stands still at most
 * while it is listed, filtered, scrolled and redrawn after an act. A real Chromium, its main thread four times slower
 * (CDP); standing still is what the page itself sees as long tasks. Uses the built application (BUILD_DIR, else build/).
 */
import type { Row } from '../../scripts/bench-row.ts';
import { browserDevice } from '../support/browser-device.ts';
import { demoCity } from '../support/demo-city.ts';
import { enrol, signIn } from '../support/desk-steps.ts';
import { fillTownship, peopleOf } from '../support/full-township.ts';
import { runningOffice } from '../support/office-process.ts';
import { told, watched } from '../support/standstill.ts';
import { personOf, TOWNSHIP } from '../support/station.ts';

const CASES = 5000;
const SLOWER = 4;
const STILL_MS = 100;

const COUNT = '.tab[aria-current] .count';
const tab = (queue: string): string => `a.tab[href="/review?q=${queue}"]`;

export async function run(): Promise<Row[]> {
  await using city = await demoCity();
  const now = new Date().toISOString();
  await fillTownship(city.dataDir, { township: TOWNSHIP, count: CASES, now, people: peopleOf(city) });
  await using office = await runningOffice({ dataDir: city.dataDir });
  await using device = browserDevice();
  const page = await device.open();
  await enrol(page, office.url, (await city.issueCode(TOWNSHIP)).code);
  await signIn(page, personOf(city, TOWNSHIP, 'clerk'), city.passphrase);
  await told(page, COUNT, `${CASES}`);

  const remote = await page.context().newCDPSession(page);
  await remote.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const listed = await watched(page, async () => {
    await page.goto(`${office.url}/review?q=all`, { waitUntil: 'commit' });
    await told(page, COUNT, `${CASES}`);
    await told(page, '#found', `${CASES} 件`);
  });
  const filtered = await watched(page, async () => {
    await page.focus('input[type=search]');
    for (const letter of '王示例') await page.keyboard.insertText(letter);
    await page.waitForFunction(() => !/^5000/.test(document.querySelector('#found')?.textContent ?? ''));
    await page.fill('input[type=search]', '');
    await told(page, '#found', `${CASES} 件`);
  });
  const moved = await watched(page, async () => {
    await page.click('h1');
    for (let n = 0; n < 60; n++) await page.keyboard.press('j');
  });
  const queued = await watched(page, async () => {
    await page.click(tab('new'));
    await page.waitForSelector(`${tab('new')}[aria-current]`);
    await page.click(tab('all'));
    await page.waitForSelector(`${tab('all')}[aria-current]`);
  });
  const measure = (what: string, value: number, atMost?: number): Row => ({
    measure: `${CASES} cases, CPU ÷${SLOWER}: ${what}`,
    value: Math.round(value),
    unit: 'ms',
    ...(atMost === undefined ? {} : { atMost }),
  });
  return [
    measure('listed after opening the address', listed.took),
    measure('longest standstill while listing', listed.still, STILL_MS),
    measure('longest standstill while typing a filter', filtered.still, STILL_MS),
    measure('longest standstill going down 60 rows', moved.still, STILL_MS),
    measure('longest standstill changing queues', queued.still, STILL_MS),
  ];
}
