/**
 * An agent's desk with 5,000 applications on an old PC: how long until the list and the first page are there, and how long
 * the page stands still at most while it is listed, searched, filtered, and redrawn after a change. A real Chromium, its
 * main thread four times slower (CDP). Uses the built application (BUILD_DIR, else build/).
 */
import { expect, type CDPSession } from '@playwright/test';
import type { Row } from '../../scripts/bench-row.ts';
import { browserDevice } from '../support/browser-device.ts';
import { demoCity } from '../support/demo-city.ts';
import { enrol, signIn } from '../support/desk-steps.ts';
import { fillTownship, peopleOf } from '../support/full-township.ts';
import { runningOffice } from '../support/office-process.ts';
import { told, watched, watchedThrice } from '../support/standstill.ts';
import { personOf, TOWNSHIP, VILLAGE } from '../support/station.ts';

const COUNT = 5000;
const SLOWER = 4;
const STILL_MS = 100;
const FOUND = '#found';

export async function run(): Promise<Row[]> {
  await using city = await demoCity();
  const now = new Date().toISOString();
  await fillTownship(city.dataDir, {
    township: TOWNSHIP,
    site: VILLAGE,
    count: COUNT,
    now,
    people: peopleOf(city),
  });
  await using office = await runningOffice({ dataDir: city.dataDir });
  await using device = browserDevice();
  const page = await device.open();
  await enrol(page, office.url, (await city.issueCode(VILLAGE)).code);
  await signIn(page, personOf(city, VILLAGE), city.passphrase);
  await page.goto(`${office.url}/desk/applications`);
  await told(page, FOUND, `${COUNT} 件`);

  const remote: CDPSession = await page.context().newCDPSession(page);
  await remote.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const began = performance.now();
  await page.goto(`${office.url}/desk/applications`, { waitUntil: 'commit' });
  await page.waitForSelector('ul.rows li');
  const first = performance.now() - began;
  const listed = await watched(page, async () => {
    await page.waitForFunction(
      ([where, what]) => document.querySelector(where!)?.textContent?.trim() === what,
      [FOUND, `${COUNT} 件`],
      { polling: 100, timeout: 240_000 },
    );
  });
  const box = page.getByRole('searchbox');
  const searched = await watchedThrice(page, async () => {
    await box.pressSequentially('王示例', { delay: 80 });
    await expect(page.locator(FOUND)).not.toHaveText(`${COUNT} 件`);
    await box.fill('');
    await told(page, FOUND, `${COUNT} 件`);
  });
  const narrowed = await watchedThrice(page, async () => {
    await page.locator('a.tab[href="/desk/applications?show=correction"]').click();
    await expect(page.locator(FOUND)).not.toHaveText(`${COUNT} 件`);
    await page.locator('a.tab[href="/desk/applications"]').click();
    await told(page, FOUND, `${COUNT} 件`);
  });
  const home = await watchedThrice(page, async () => {
    await page.goto(`${office.url}/desk`, { waitUntil: 'commit' });
    await told(page, 'section[aria-labelledby="h-first"] a.push', `全部 ${COUNT} 件`);
  });
  const opened = async (path: string, selector: string, text: string): Promise<number> => {
    const { still } = await watchedThrice(page, async () => {
      await page.goto(`${office.url}${path}`, { waitUntil: 'commit' });
      await told(page, selector, text);
    });
    return still;
  };
  const ledger = await opened('/desk/ledger', '.months [role=status]', '乡镇和本机的都在这里');
  const items = await opened('/desk/items', '#found', '本站能办');
  const handover = await opened('/desk/print/handover', 'main h1', '交接单');
  const measure = (what: string, value: number, atMost?: number): Row => ({
    measure: `${COUNT} applications, CPU ÷${SLOWER}: ${what}`,
    value: Math.round(value),
    unit: 'ms',
    ...(atMost === undefined ? {} : { atMost }),
  });
  return [
    measure('first rows after opening the address', first),
    measure('all listed', first + listed.took),
    measure('longest standstill from the first rows to the last', listed.still, STILL_MS),
    measure('longest standstill while searching', searched.still, STILL_MS),
    measure('longest standstill changing tabs', narrowed.still, STILL_MS),
    measure('first page whole', home.took),
    measure('longest standstill opening the first page', home.still, STILL_MS),
    measure('longest standstill opening the ledger', ledger, STILL_MS),
    measure('longest standstill opening the items', items, STILL_MS),
    measure('longest standstill opening the handover list', handover, STILL_MS),
  ];
}
