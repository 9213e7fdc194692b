/**
 * The main story, told the same wherever it is set: a village agent takes an application with the office killed, restarts
 * the browser, and the township settles it. Nothing is mocked: office processes, a database, Chromium on a profile.
 */
import { expect, test } from '@playwright/test';
import { browserDevice } from './browser-device.ts';
import type { DemoCity } from './demo-city.ts';
import {
  beginItem,
  drawSignature,
  enrol,
  fillAllowance,
  pill,
  readyForOffline,
  signAndSubmit,
  signIn,
} from './desk-steps.ts';
import type { RunningOffice } from './office-process.ts';
import { openCase, requestMissing, reviewSteps } from './review-steps.ts';
import { TOWNSHIP, VILLAGE } from './station.ts';

export interface Setting {
  city: DemoCity;
  /** Killed and started again as the story goes. */
  office: RunningOffice;
  /** The clerk has asked the village for what is missing. */
  onceAsked?: () => Promise<void>;
  /** The township has accepted and assigned. */
  onceAssigned?: () => Promise<void>;
}

export async function tellMainStory({ city, office, onceAsked, onceAssigned }: Setting): Promise<void> {
  await using village = browserDevice();
  await using township = browserDevice();
  const agent = city.accounts.find((a) => a.site.code === VILLAGE)!;
  const staff = (role: string) =>
    city.accounts.find((a) => a.site.code === TOWNSHIP && a.roles.length === 1 && a.roles[0] === role)!;

  let page = await village.open();
  await test.step('morning: the PC is enrolled, the agent signs in, the items arrive', async () => {
    await enrol(page, office.url, (await city.issueCode(VILLAGE)).code);
    await signIn(page, agent.name, city.passphrase);
    await readyForOffline(page);
  });

  let id = '';
  await test.step('the office is down: search, guide, six steps, receipt', async () => {
    await office.kill();
    await beginItem(page, 'gljt', '老年人高龄津贴认定');
    await fillAllowance(page);
    id = await signAndSubmit(page);
    await expect(pill(page, '仅存本机')).toBeVisible();
    await expect(page.getByText('本凭证不代表受理').first()).toBeVisible();
  });

  await test.step('the browser is closed and opened again: everything is there', async () => {
    page = await village.open();
    await page.goto(`${office.url}/desk/applications/${id}`);
    await page.waitForURL(/unlock/);
    await signIn(page, agent.name, city.passphrase);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('王示例·老年人高龄津贴认定');
    await page.goto(`${office.url}/desk/receipt/${id}`);
    await expect(pill(page, '仅存本机')).toBeVisible();
  });

  await test.step('the office returns: the queue drains by itself', async () => {
    await office.start();
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
  });

  const clerk = await township.open();
  await test.step('the clerk finds it, the clock running, and asks once for what is missing', async () => {
    await enrol(clerk, office.url, (await city.issueCode(TOWNSHIP)).code);
    await signIn(clerk, staff('clerk').name, city.passphrase);
    await openCase(clerk, '老年人高龄津贴认定');
    await requestMissing(clerk, '居民户口簿');
  });
  await onceAsked?.();

  await test.step('the agent sees 待补正 and supplies it, offline', async () => {
    await page.goto(`${office.url}/desk/applications/${id}`);
    await expect(page.getByText('待补正').first()).toBeVisible({ timeout: 60_000 });
    await office.kill();
    await page.getByRole('button', { name: '居民户口簿已收' }).click();
    await expect(page.getByText('都补了')).toBeVisible();
    await page.getByRole('button', { name: '补正到齐，送回乡镇' }).click();
    await expect(page.getByText('待受理').first()).toBeVisible();
    await office.start();
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('accepted, assigned, reviewed by one, decided by another', async () => {
    const steps = reviewSteps(clerk, city.passphrase);
    // opening a page asks the office at once; waiting for the next poll is tested by itself
    await clerk.reload();
    await steps.accept();
    await steps.assign();
    await onceAssigned?.();
    await steps.changeTo(staff('reviewer').name);
    await steps.review();
    await steps.changeTo(staff('head').name);
    await steps.decide();
  });

  await test.step('the agent hands the result over and sees who did what when', async () => {
    await page.reload();
    await expect(page.getByText('送达：村里代送')).toBeVisible({ timeout: 60_000 });
    await drawSignature(page);
    await page.getByRole('button', { name: '已交给领取人' }).click();
    await expect(page.getByText('办结', { exact: true }).first()).toBeVisible();
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    const past = page.getByRole('list', { name: '经过' });
    for (const [what, who] of [
      ['收件', agent.name],
      ['一次告知补正', staff('clerk').name],
      ['受理', staff('clerk').name],
      ['审查意见', staff('reviewer').name],
      ['作出决定', staff('head').name],
      ['送达', agent.name],
    ] as const) {
      await expect(
        past.getByRole('listitem').filter({ hasText: what }).filter({ hasText: who }).first(),
      ).toBeVisible();
    }
  });
}
