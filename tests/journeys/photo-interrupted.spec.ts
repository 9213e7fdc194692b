/**
 * A photo of a material goes up from a real Chromium over a line that breaks twenty times at random, with the office killed
 * in between and the browser closed once: it arrives byte by byte, and nothing that was acknowledged is sent again.
 */
import { createHash, randomInt } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Application } from '#lib/domain/state.ts';
import { breakingLine, type BreakingLine } from '../support/breaking-line.ts';
import { beginItem, fillAllowance, readyForOffline, signAndSubmit, signIn } from '../support/desk-steps.ts';
import { applicationsAt, keptPhoto } from '../support/office-book.ts';
import { picture } from '../support/photo-files.ts';
import { photographMaterial } from '../support/photo-steps.ts';
import { openStation, VILLAGE } from '../support/station.ts';

const BREAKS = 20;
/** Every so manieth break takes the office with it. */
const KILL_EACH = 5;
const SITE = `S${VILLAGE}`;

test('I13: a photo interrupted twenty times arrives intact, and nothing acknowledged is sent again', async () => {
  let line!: BreakingLine;
  await using station = await openStation({
    front: async (office) => {
      line = await breakingLine(Number(new URL(office.url).port));
      return line.url;
    },
  });
  await using _line = line;
  const { office, city, agent } = station;
  let { page } = station;

  let id = '';
  await test.step('an application with a photo is taken while the office is down', async () => {
    await readyForOffline(page);
    await office.kill();
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    const photo = await picture(7, { width: 1600, height: 1200 });
    await fillAllowance(page, undefined, () => photographMaterial(page, '居民身份证', photo.bytes));
    id = await signAndSubmit(page);
  });

  line.onBytes = (length) => (line.breaks < BREAKS ? randomInt(0, Math.min(length, 20_000)) : null);
  line.onBreak = async (count) => {
    if (count % KILL_EACH !== 0) return;
    await office.kill();
    await office.start();
  };

  const held = (): Application =>
    JSON.parse(applicationsAt(city.dataDir).find((one) => one.id === id)?.json ?? '{}') as Application;

  await test.step(`${BREAKS} breaks; half-way the browser is closed and opened again`, async () => {
    await office.start();
    await expect.poll(() => line.breaks, { timeout: 120_000 }).toBeGreaterThanOrEqual(BREAKS / 2);
    page = await station.device.open();
    await page.goto(`${station.url}/desk/applications/${id}`);
    await page.waitForURL(/unlock/);
    await signIn(page, agent, city.passphrase);
    await expect.poll(() => line.breaks, { timeout: 120_000 }).toBeGreaterThanOrEqual(BREAKS);
  });

  await test.step('it is there: whole, verified, told to the application', async () => {
    await expect.poll(() => held().materials?.['M0001']?.verified?.length ?? 0, { timeout: 120_000 }).toBe(1);
    const [photo] = held().materials['M0001']!.photos!;
    const bytes = keptPhoto(city.dataDir, { site: SITE, sha256: photo!.sha256 });
    expect(bytes.length).toBe(photo!.size);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(photo!.sha256);
    expect(line.again).toEqual([]);
    expect(line.breaks).toBe(BREAKS);
  });

  await test.step('the agent sees it on the way no longer', async () => {
    await page.goto(`${station.url}/desk/applications/${id}`);
    await expect(page.getByRole('button', { name: '看大图：居民身份证' })).toBeVisible();
    await expect(page.getByText('有照片还没传到')).toHaveCount(0);
  });
});
