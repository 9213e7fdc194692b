/**
 * Practice on one computer: an agent receives, the same computer's clerk accepts; every screen and paper says that it is
 * none, the real township sees nothing, and emptied the computer begins anew.
 */
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { DEMO_COUNTY } from '#lib/server/seed/demo-people.ts';
import { emptyTraining } from '#lib/server/seed/training/empty-training.ts';
import { openTraining } from '#lib/server/seed/training/open-training.ts';
import { statesIn } from '#lib/server/seed/year/live-year.ts';
import { browserDevice } from '../support/browser-device.ts';
import { demoCity } from '../support/demo-city.ts';
import { beginItem, enrol, fillAllowance, signAndSubmit, signIn, VILLAGER } from '../support/desk-steps.ts';
import { startOffice } from '../support/office-process.ts';

const STATION = '990526102900';

async function withStore<T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ path: databasePath(dataDir) });
  try {
    return await work(store);
  } finally {
    await store.destroy();
  }
}

const saysSo = (page: Page) => expect(page.getByRole('note')).toContainText('练习——不是真办件');

test('both sides on one computer, marked everywhere, gone when it is emptied', async () => {
  await using city = await demoCity();
  const { dataDir, passphrase } = city;
  const now = new Date().toISOString();
  const { code } = await withStore(dataDir, async (store) => {
    await openTraining(store, { county: DEMO_COUNTY, passphrase, now });
    return makeEnrolCode(store, { site: `L${STATION}`, by: 'office', now });
  });
  const office = await startOffice({ dataDir });
  await using device = browserDevice();
  try {
    const page = await device.open();
    await enrol(page, office.url, code);
    await saysSo(page);
    await signIn(page, '练习代办员', passphrase);
    await expect(page.getByText('（练习）白道口镇练习站')).toBeVisible();
    await saysSo(page);

    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    await fillAllowance(page);
    await saysSo(page);
    await signAndSubmit(page);
    await saysSo(page);
    await expect(page.getByText('练习，无效').first()).toBeVisible();
    await expect(page.getByText('（练习）白道口镇练习站').first()).toBeVisible();

    // the other side, at the same place
    await page.getByRole('button', { name: '锁定' }).click();
    await saysSo(page);
    await signIn(page, '练习窗口人员', passphrase);
    await page.goto(`${office.url}/review?q=new`);
    const row = page.getByRole('link', { name: '老年人高龄津贴认定' });
    await expect(row).toBeVisible({ timeout: 30_000 });
    await saysSo(page);
    await row.click();
    await expect(page.getByRole('heading', { name: new RegExp(VILLAGER.name) }).first()).toBeVisible();
    await saysSo(page);

    expect(await withStore(dataDir, (store) => store.read(statesIn))).toEqual({});
    await using township = browserDevice();
    const real = await township.open();
    await enrol(real, office.url, (await city.issueCode('410526102000')).code);
    await expect(real.getByRole('note')).toHaveCount(0);
    const clerk = city.accounts.find(
      ({ site, roles }) => site.code === '410526102000' && roles[0] === 'clerk',
    )!;
    await signIn(real, clerk.name, passphrase);
    await real.goto(`${office.url}/review?q=all`);
    await expect(real.getByText('没有待办')).toBeVisible({ timeout: 30_000 });
    await expect(real.getByRole('note')).toHaveCount(0);

    const files = new OfficeFiles(join(dataDir, 'files'));
    const emptied = await withStore(dataDir, (store) =>
      emptyTraining(store, files, { code: STATION, by: 'office', now }),
    );
    expect(emptied).toMatchObject({ is: 'emptied', applications: 1 });
    await page.goto(`${office.url}/review/sync`);
    await page.getByRole('button', { name: '立即同步' }).click();
    await page.goto(`${office.url}/review?q=all`);
    await expect(page.getByText('没有待办')).toBeVisible({ timeout: 60_000 });
    // nothing is handed in again, and nothing is in trouble
    await expect(page.getByText('已送达').first()).toBeVisible();
  } finally {
    await office.stop();
  }
});
