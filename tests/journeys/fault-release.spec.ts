/**
 * A new release of the catalogue while people work: the browser is killed in the middle of its arrival, and the
 * version that is being filled in is gone from it, and past its grace. The office decides; nothing that was typed is lost.
 */
import { expect, test } from '@playwright/test';
import { beginItem, drawSignature, fillAllowance, readyForOffline } from '../support/desk-steps.ts';
import { applicationsAt, commandsAt } from '../support/office-book.ts';
import { openStationOnLine } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';
const DAY_MS = 86_400_000;
const LONG = '示例新条件。'.repeat(600);
const CHANGED = '示例新条件：本村户籍，年满八十周岁';

test('a release that comes in the middle of a form, and breaks off on the way', async () => {
  await using station = await openStationOnLine();
  const { line, city, device, url } = station;
  let { page } = station;
  const arrives =
    (number: number) =>
    ({ path }: { path: string }) =>
      path.endsWith(`/village/${number}/items`);
  const release = (number: number) => page.getByText(`第 ${number} 版`).first();
  const look = async (number: number): Promise<void> => {
    await page.goto(`${url}/desk/sync`);
    await page.getByRole('button', { name: '立即同步' }).click();
    await expect(release(number)).toBeVisible({ timeout: 120_000 });
  };
  await readyForOffline(page);
  await beginItem(page, 'gljt', ITEM);
  const first = page.url().split('/').at(-1)!;
  await fillAllowance(page);

  await test.step('fault: browser killed mid-flip of a release → I12: the one in use is whole, the old or the new', async () => {
    const half = line.haltAt(0.5, arrives(2));
    await city.publish(
      (items) =>
        items
          .filter(({ name }) => name.includes('津贴') || name.includes('补贴'))
          // so much that no patch is made: the items come as a part of their own, which can break off
          .map((item) => ({ ...item, conditions: `${item.name === ITEM ? CHANGED : ''}${LONG}` })),
      new Date(Date.now() - 30 * DAY_MS).toISOString(),
    );
    await page.goto(`${url}/desk/sync`);
    await page.getByRole('button', { name: '立即同步' }).click();
    await half;
    await device.kill();
    line.go();
    const asked = line.haltAt('asked', arrives(2));
    page = await station.reopen('/desk/sync');
    await asked;
    await expect(release(1)).toBeVisible();
    await page.goto(`${url}/desk/items?q=gljt`);
    await expect(page.getByRole('button', { name: '开始代办' })).toBeVisible();
    await device.kill();
    line.go();

    const passed = line.haltAt('passed', arrives(2));
    page = await station.reopen('/desk/sync');
    await passed;
    await device.kill();
    line.go();
    page = await station.reopen('/desk/sync');
    await look(2);
    await beginItem(page, 'gljt', ITEM);
  });

  await test.step('fault: release published mid-form; item withdrawn → the draft stays, the office decides: words and a way out', async () => {
    // this device has been offered the release in which that version is gone, a month after it came to the site; without
    // a line it does not know that the grace is over
    await device.context().setOffline(true);
    await page.goto(`${url}/desk/draft/${first}/sign`);
    await expect(page.getByText('事项有新版本：申请条件变了')).toBeVisible();
    await drawSignature(page);
    await page.getByRole('button', { name: '提交这件申请' }).click();
    await page.waitForURL(/\/desk\/receipt\//);
    await device.context().setOffline(false);
    await expect(page.getByRole('heading', { name: '这件没有收成' })).toBeVisible({ timeout: 90_000 });
    await page.getByRole('link', { name: '到“同步”里看' }).click();
    await expect(page.getByText('事项版本已停用').first()).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: '修改后重报' })).toBeVisible();
    expect(applicationsAt(city.dataDir)).toEqual([]);
    expect(commandsAt(city.dataDir)).toMatchObject([{ kind: 'receive', status: 'refused' }]);
  });

  await test.step('made again from what was refused, on the newer version, without typing anew', async () => {
    await page.getByRole('button', { name: '修改后重报' }).click();
    await page.waitForURL(/\/desk\/draft\//);
    await expect(page.getByText('旧版已经不收了：申请条件变了')).toBeVisible();
    await page.getByRole('button', { name: '用新版本继续' }).click();
    await expect(page.getByText('已换成新版本，填过的都留着')).toBeVisible();
    await page.goto(`${url}/desk/draft/${first}/sign`);
    await drawSignature(page);
    await page.getByRole('button', { name: '提交这件申请' }).click();
    await page.waitForURL(/\/desk\/receipt\//);
    await expect.poll(() => applicationsAt(city.dataDir), { timeout: 60_000 }).toMatchObject([{ id: first }]);
  });
});
