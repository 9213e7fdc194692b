/**
 * A new release of the catalogue while people work: published in the middle of a form, killed in the middle of its
 * arrival, and then one that withdraws the very item that is being filled in. The office decides; nothing typed is lost.
 */
import { expect, test } from '@playwright/test';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import {
  beginItem,
  drawSignature,
  fillAllowance,
  pill,
  readyForOffline,
  VILLAGER,
} from '../support/desk-steps.ts';
import { haltingLine, type HaltingLine } from '../support/halting-line.ts';
import { applicationsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';
const CHANGED = '示例新条件：本村户籍，年满八十周岁';

test('a release that comes, breaks off or withdraws an item in the middle of a form', async () => {
  test.setTimeout(360_000);
  let line!: HaltingLine;
  await using station = await openStation({
    front: async (office) => {
      line = await haltingLine(() => Number(new URL(office.url).port));
      return line.url;
    },
  });
  await using _line = line;
  const { city, device, url } = station;
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
  const submit = async (id: string): Promise<void> => {
    await page.goto(`${url}/desk/draft/${id}/sign`);
    await drawSignature(page);
    await page.getByRole('button', { name: '提交这件申请' }).click();
    await page.waitForURL(/\/desk\/receipt\//);
  };
  const idNumber = (n: number) => sampleIdNumber(2 * n, { birthDate: '1944-03-05', sex: 'female' });
  await readyForOffline(page);
  await beginItem(page, 'gljt', ITEM);
  const first = page.url().split('/').at(-1)!;
  await fillAllowance(page, { ...VILLAGER, idNumber: idNumber(0) });

  await test.step('fault: browser killed mid-flip of a release → I12: the one in use is whole, the old or the new', async () => {
    const half = line.haltAt(0.5, arrives(2));
    await city.publish((items) =>
      items
        .filter(({ name }) => name.includes('津贴') || name.includes('补贴'))
        .map((item) => (item.name === ITEM ? { ...item, conditions: CHANGED } : item)),
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
  const second = page.url().split('/').at(-1)!;

  await test.step('fault: release published mid-form → the draft finishes on its version, and the office is told', async () => {
    await submit(first);
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    const [kept] = applicationsAt(city.dataDir).filter(({ id }) => id === first);
    expect(JSON.parse(kept!.json)).toMatchObject({ state: 'pending', flags: ['itemSuperseded'] });
  });

  await test.step('fault: item withdrawn → the draft stays; what is sent all the same, the office refuses in words', async () => {
    await page.goto(`${url}/desk/draft/${second}`);
    await fillAllowance(page, { ...VILLAGER, idNumber: idNumber(1) });
    await city.publish((items) => items.filter(({ name }) => name !== ITEM));
    await look(3);
    await submit(second);
    await page.goto(`${url}/desk/sync`);
    await expect(page.getByText('事项版本已停用').first()).toBeVisible({ timeout: 90_000 });
    await expect(page.getByRole('button', { name: '修改后重报' })).toBeVisible();
    expect(applicationsAt(city.dataDir).map(({ id }) => id)).toEqual([first]);
  });
});
