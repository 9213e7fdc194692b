/**
 * A form is half filled in without a network when the county changes its item: the draft says what changed and how long it may
 * stay as it is, goes over with what was filled in, and is received on the newer version.
 */
import { expect, test } from '@playwright/test';
import { itemHash } from '#lib/catalogue/hash.ts';
import type { Item } from '#lib/domain/item.ts';
import {
  beginItem,
  fillAllowance,
  materialIs,
  next,
  readyForOffline,
  signAndSubmit,
} from '../support/desk-steps.ts';
import { applicationsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';
const GONE = '高龄津贴申请表';
const FRESH = ['示例健康状况声明', '示例居住证明'] as const;

/** Two materials more, one less; one question less, one more. */
function changed(item: Item): Item {
  const [first] = item.materials;
  const fresh = FRESH.map((name, n) => ({ ...first!, code: `N000${n}`, name, required: true }));
  return {
    ...item,
    materials: [...item.materials.filter(({ name }) => name !== GONE), ...fresh],
    form: [
      ...item.form.filter(({ label }) => label !== '联系亲属姓名'),
      { key: 'payBy', label: '示例发放方式', type: 'select', required: true, options: ['按月', '按季'] },
    ],
  };
}

test('a draft goes over to the newer version with what was filled in', async () => {
  await using station = await openStation();
  const { page, city, url, device } = station;
  let newer!: Item;

  await test.step('begun without a network, on the version of that morning', async () => {
    await readyForOffline(page);
    await device.context().setOffline(true);
    await beginItem(page, 'gljt', ITEM);
    await fillAllowance(page);
  });
  const draft = /\/draft\/([0-9a-f-]+)/.exec(page.url())![1]!;

  await test.step('the newer release comes, and the drafts say so', async () => {
    await city.publish((items) => items.map((item) => (item.name === ITEM ? (newer = changed(item)) : item)));
    await device.context().setOffline(false);
    await page.goto(`${url}/desk/sync`);
    await page.getByRole('button', { name: '立即同步' }).click();
    await expect(page.getByText('第 2 版').first()).toBeVisible({ timeout: 60_000 });
    await page.goto(`${url}/desk/drafts`);
    await expect(page.getByRole('listitem').filter({ hasText: ITEM })).toContainText('事项有新版本');
  });

  await test.step('what changed and until when it may stay: it may, and be thought over', async () => {
    await page.goto(`${url}/desk/draft/${draft}`);
    await expect(page.getByText('事项有新版本：多 2 份材料，少 1 份，填写项多 1 项、少 1 项')).toBeVisible();
    await expect(page.getByText(/按原来的最晚办到 \d+ 月 \d+ 日，过了这天只收新版本/)).toBeVisible();
    await page.getByRole('button', { name: '还按原来的办' }).click();
    await expect(page.getByText('现在按原来的办')).toBeVisible();
    await page.getByRole('button', { name: '换不换再想想' }).click();
    await page.getByRole('button', { name: '看看变了什么' }).click();
    const dialog = page.getByRole('dialog', { name: '新版本变了什么' });
    await expect(dialog.getByText(`材料“${GONE}”：不要了`)).toBeVisible();
    await expect(
      dialog.getByText('2 项新版本里没有地方放，会列在草稿上面：联系亲属姓名（王样本）'),
    ).toBeVisible();
    await dialog.getByRole('button', { name: '用新版本继续' }).click();
  });

  await test.step('over, back, and over again: nothing that was filled in is lost', async () => {
    await expect(page.getByText('已换成新版本，有 2 项放不下，列在下面')).toBeVisible();
    const former = page.getByRole('group').filter({ hasText: '原来填的' });
    await expect(former).toContainText('联系亲属姓名');
    await expect(former).toContainText('王样本');
    await expect(former).toContainText(`材料“${GONE}”`);
    await page.getByRole('button', { name: '撤销，还用原来的版本' }).click();
    await expect(former).toHaveCount(0);
    await page.getByRole('button', { name: '用新版本继续' }).click();
    await expect(page.getByText('还要看一眼：')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('group').filter({ hasText: '原来填的' })).toBeVisible();
  });

  await test.step('only what is new is asked for', async () => {
    await page.goto(`${url}/desk/draft/${draft}/form`);
    await expect(page.getByLabel('联系亲属电话')).toHaveValue(/138/);
    await expect(page.getByLabel('联系亲属姓名')).toHaveCount(0);
    await page.getByText('按月', { exact: true }).click();
    await next(page);
    await expect(
      page.getByRole('radiogroup', { name: '居民身份证', exact: true }).getByLabel('已收'),
    ).toBeChecked();
    for (const name of FRESH) await materialIs(page, name, '已收');
    await next(page);
    await expect(page.getByText('独居').first()).toBeVisible();
  });

  await test.step('it is received on the newer version', async () => {
    expect(await signAndSubmit(page)).toBe(draft);
    await expect.poll(() => applicationsAt(city.dataDir), { timeout: 60_000 }).toHaveLength(1);
    const state = JSON.parse(applicationsAt(city.dataDir)[0]!.json);
    expect(state).toMatchObject({
      id: draft,
      item: { hash: await itemHash(newer) },
      flags: [],
      answers: { payBy: '按月' },
    });
    expect(JSON.stringify(state.answers)).not.toContain('王样本');
  });
});
