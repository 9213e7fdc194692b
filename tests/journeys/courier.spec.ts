/**
 * A station whose line never comes back: its unsent work goes on a stick to the other computer of the station, and reaches
 * the township under the name of whoever did it; when the line does come back, nothing happens twice.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { barriers } from '../support/accessibility.ts';
import { browserDevice } from '../support/browser-device.ts';
import { enrol, readyForOffline, signIn } from '../support/desk-steps.ts';
import { pressMany } from '../support/in-page.ts';
import { commandsAt } from '../support/office-book.ts';
import { openStation, personOf, TOWNSHIP, VILLAGE } from '../support/station.ts';

const COUNT = 3;

test('unsent work is carried on a stick, sent from the township, and taken once', async () => {
  await using dead = await openStation();
  await using other = browserDevice();
  const { page, city, url } = dead;
  await readyForOffline(page);
  const second = await other.open();
  await enrol(second, url, (await city.issueCode(TOWNSHIP)).code);
  await signIn(second, personOf(city, TOWNSHIP, 'clerk'), city.passphrase);

  let code = '';
  let file: Buffer;
  await test.step('the dead station: first the code on paper, then the file', async () => {
    await dead.device.context().setOffline(true);
    const since = new Date(Date.now() - 86_400_000).toISOString();
    await pressMany(page, { count: COUNT, code: '410511005000', since });
    await page.goto(`${url}/desk/sync`);
    await page.getByRole('button', { name: '导出未上传' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('里面会有 3 件')).toBeVisible();
    const told = dialog.getByText(/^开封码：\w{4}-\w{4}-\w{4}$/);
    code = (await told.textContent())!.replace('开封码：', '').trim();
    expect.soft(await barriers(page, '导出未上传')).toEqual([]);
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '抄好了，存成文件' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^近办未上传-[\d-]+\.jbp$/);
    file = await readFile(await download.path());
    expect(file.includes('例')).toBe(false);
    await expect(page.getByRole('heading', { name: '存好了' })).toBeVisible();
    await page.getByRole('button', { name: '知道了' }).click();
  });

  const choose = { name: '近办未上传.jbp', mimeType: 'application/octet-stream', buffer: file! };
  await test.step('the township: with a wrong code nothing, with the right one all of it', async () => {
    await second.goto(`${url}/review/sync`);
    await second.getByRole('button', { name: '带入文件' }).click();
    const dialog = second.getByRole('dialog');
    expect.soft(await barriers(second, '带入文件')).toEqual([]);
    await dialog.getByLabel('文件', { exact: true }).setInputFiles(choose);
    await dialog.getByLabel('开封码').fill('2222-2222-2222');
    await dialog.getByRole('button', { name: '带入', exact: true }).click();
    await expect(dialog.getByText('打不开这个文件')).toBeVisible();
    await dialog.getByLabel('开封码').fill(code.toLowerCase());
    await dialog.getByRole('button', { name: '带入', exact: true }).click();
    await expect(dialog.getByText('带入了 3 件。联网自动送，经手人还是原来的人。')).toBeVisible();
    await dialog.getByRole('button', { name: '知道了' }).click();
    await expect(second.getByText('都送到了。', { exact: true })).toBeVisible({ timeout: 30_000 });
  });

  const book = () => commandsAt(city.dataDir).map(({ kind, status, actor }) => `${kind} ${status} ${actor}`);
  const agent = city.accounts.find(({ name, site }) => name === dead.agent && site.code === VILLAGE)!;
  await test.step('I14: the office has them under the name of the agent', async () => {
    expect(book()).toEqual(Array.from({ length: COUNT }, () => `receive applied ${agent.id}`));
  });

  await test.step('I1: the line comes back at the dead station, and nothing happens twice', async () => {
    await dead.device.context().setOffline(false);
    await page.getByRole('button', { name: '立即同步' }).click();
    await expect(page.getByText('都送到了。', { exact: true })).toBeVisible({ timeout: 30_000 });
    expect(book()).toHaveLength(COUNT);
    await expect(page.getByRole('region', { name: '今天送到的' }).getByRole('listitem')).toHaveCount(COUNT);
  });
});
