/**
 * The browser is killed (SIGKILL, all its processes) at every point where it could lose something, and opened again on the
 * same profile: what the page had said to be saved is there, goes up once, and nothing is done twice.
 */
import { createHash } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import type { Application } from '#lib/domain/state.ts';
import {
  beginItem,
  drawSignature,
  fillAllowance,
  pill,
  readyForOffline,
  VILLAGER,
} from '../support/desk-steps.ts';
import { carriesCommands, sendsPhoto } from '../support/halting-line.ts';
import { applicationsAt, commandsAt, keptPhoto } from '../support/office-book.ts';
import { picture } from '../support/photo-files.ts';
import { photographMaterial } from '../support/photo-steps.ts';
import { openStationOnLine, VILLAGE } from '../support/station.ts';
import { TownshipHand } from '../support/township-hand.ts';

test('a browser that is killed at any point loses nothing that was acknowledged', async () => {
  await using station = await openStationOnLine();
  const { line, office, city, device } = station;
  let { page } = station;
  await readyForOffline(page);

  const ids: string[] = [];
  /** Fills one in for the next person, up to the press of the button; gives its id. */
  const fillIn = async (atMaterials?: () => Promise<void>): Promise<string> => {
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    const id = page.url().split('/').at(-1)!;
    const idNumber = sampleIdNumber(2 * ids.length, { birthDate: '1944-03-05', sex: 'female' });
    await fillAllowance(page, { ...VILLAGER, idNumber }, atMaterials);
    await page.getByRole('link', { name: '都对，去签名' }).click();
    await drawSignature(page);
    ids.push(id);
    return id;
  };
  const submit = (on: Page) => on.getByRole('button', { name: '提交这件申请' });
  const saved = () => page.waitForURL(/\/desk\/receipt\//);
  const atOffice = () =>
    applicationsAt(city.dataDir)
      .map(({ id }) => id)
      .sort();

  await office.kill();
  let id = '';
  await test.step('fault: browser killed at enqueue → I2: pressed, it is a draft or a command; told to be saved, it is there', async () => {
    id = await fillIn();
    // the kill does not wait for what the press has begun
    await submit(page).evaluate((button: HTMLButtonElement) => setTimeout(() => button.click()));
    await device.kill();
    page = await station.reopen(`/desk/draft/${id}/sign`);
    const submitted = page.getByRole('heading', { name: '这份草稿已经提交了' });
    await expect(submit(page).or(submitted)).toBeVisible();
    if (await submit(page).isVisible()) {
      await drawSignature(page);
      await submit(page).click();
      await saved();
    }
    await device.kill();
    page = await station.reopen(`/desk/receipt/${id}`);
    await expect(pill(page, '仅存本机')).toBeVisible();
  });

  /** The applicant takes it back: a command like any other, and quickly pressed. */
  const withdraw = async (): Promise<void> => {
    await page.getByRole('button', { name: '申请人要撤回' }).click();
    await page.getByLabel('为什么撤回').fill('家里人说先不办');
    await drawSignature(page);
    await page.getByRole('button', { name: '撤回这件申请' }).click();
    await expect(page.getByText('已撤回').first()).toBeVisible();
  };
  await test.step('fault: browser killed after send; A queues and leaves, nobody signs in → I1: it goes up once, without anybody', async () => {
    const onItsWay = line.haltAt('asked', carriesCommands);
    await office.start();
    await onItsWay;
    await device.kill();
    line.go();
    expect(atOffice()).toEqual([]);
    page = await device.open();
    await page.goto(`${station.url}/unlock`);
    await expect.poll(atOffice, { timeout: 90_000 }).toEqual([id]);

    page = await station.reopen(`/desk/applications/${id}`);
    const answered = line.haltAt('answered', carriesCommands);
    await withdraw();
    await answered;
    await device.kill();
    line.go();
    page = await station.reopen(`/desk/applications/${id}`);
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    const done = commandsAt(city.dataDir).map(({ kind, status }) => `${kind} ${status}`);
    expect(done).toEqual(['receive applied', 'withdraw applied']);
  });

  let pictured = '';
  await test.step('fault: browser killed mid-photo → I13: the office has its very bytes in the end', async () => {
    const photo = await picture(7, { width: 1600, height: 1200 });
    pictured = await fillIn(() => photographMaterial(page, '居民身份证', photo.bytes));
    const halfWay = line.haltAt({ sent: 20_000 }, sendsPhoto);
    await submit(page).click();
    await saved();
    await halfWay;
    await device.kill();
    line.go();
    page = await device.open();
    await page.goto(`${station.url}/unlock`);
    const held = () =>
      JSON.parse(
        applicationsAt(city.dataDir).find((one) => one.id === pictured)?.json ?? '{}',
      ) as Application;
    await expect.poll(() => held().materials?.['M0001']?.verified?.length ?? 0, { timeout: 90_000 }).toBe(1);
    const [kept] = held().materials['M0001']!.photos!;
    const bytes = keptPhoto(city.dataDir, { site: `S${VILLAGE}`, sha256: kept!.sha256 });
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect([bytes.length, hash]).toEqual([kept!.size, kept!.sha256]);
  });

  await test.step('fault: browser killed mid-pull → I4: the same state after the replay from the cursor', async () => {
    page = await station.reopen(`/desk/applications/${pictured}`);
    const township = await TownshipHand.at(city, office.url);
    await township.askForMissing(pictured);
    const half = line.haltAt(0.5, ({ path }) => path.startsWith('/api/sync'));
    await page.goto(`${station.url}/desk/sync`);
    await page.getByRole('button', { name: '立即同步' }).click();
    await half;
    await device.kill();
    line.go();
    page = await station.reopen(`/desk/applications/${pictured}`);
    await expect(page.getByText('待补正').first()).toBeVisible({ timeout: 60_000 });
    expect(atOffice()).toEqual([...ids].sort());
  });
});
