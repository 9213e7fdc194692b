/** Two tabs of one person on one draft: one writes, the other reads; one press too many is no second application. */
import { expect, test, type Page } from '@playwright/test';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import {
  beginItem,
  drawSignature,
  fillAllowance,
  loadAgain,
  pill,
  signIn,
  VILLAGER,
} from '../support/desk-steps.ts';
import { applicationsAt, commandsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';
const elsewhere = (page: Page) => page.getByText('另一个窗口正在填这份草稿');
const nameBox = (page: Page) => page.getByLabel('申请人姓名');

test('two tabs never write one draft, and two presses never make two applications', async () => {
  await using station = await openStation();
  const { office, city, page: first } = station;
  await beginItem(first, 'gljt', ITEM);
  const draft = first.url();
  const second = await station.device.context().newPage();

  await test.step('the second tab says that another window is filling it in, and only reads', async () => {
    await first.goto(`${draft}/applicant`);
    await nameBox(first).fill(VILLAGER.name);
    await second.goto(`${draft}/applicant`);
    await expect(elsewhere(second)).toBeVisible();
    await expect(nameBox(second)).toBeDisabled();
    await second.getByRole('button', { name: '我来填' }).click();
    await expect(elsewhere(second)).toBeVisible();
    await expect(nameBox(second)).toBeDisabled();
  });

  await test.step('what the first typed is there after loading it again, in both tabs', async () => {
    await first.getByLabel('住址').click();
    await first.keyboard.type(VILLAGER.address);
    await loadAgain(first);
    await expect(nameBox(first)).toHaveValue(VILLAGER.name);
    await expect(first.getByLabel('住址')).toHaveValue(VILLAGER.address);
    await expect(nameBox(first)).toBeEnabled();
    await second.reload();
    await expect(elsewhere(second)).toBeVisible();
    await expect(second.getByLabel('住址')).toHaveValue(VILLAGER.address);
  });

  await test.step('when the first leaves, the second may take it over', async () => {
    await first.getByRole('link', { name: '我的办件' }).click();
    await first.waitForURL('**/desk/applications');
    await second.getByRole('button', { name: '我来填' }).click();
    await expect(nameBox(second)).toBeEnabled();
    await expect(elsewhere(second)).toBeHidden();
    await expect(nameBox(second)).toHaveValue(VILLAGER.name);
  });

  await test.step('locking one tab locks both; unlocking one opens both where they were', async () => {
    await first.getByRole('button', { name: '锁定' }).click();
    await first.waitForURL(/unlock/);
    await second.waitForURL(/unlock/);
    await expect(second.getByText(VILLAGER.name)).toHaveCount(0);
    await signIn(second, station.agent, city.passphrase);
    await second.waitForURL(`${draft}/applicant`);
    await first.waitForURL('**/desk/applications');
  });

  await test.step('a double click on 提交 makes one application, and the other tab shows it is submitted', async () => {
    await second.goto(draft);
    await fillAllowance(second);
    await first.goto(`${draft}/check`);
    await expect(elsewhere(first)).toBeVisible();
    await second.getByRole('link', { name: '都对，去签名' }).click();
    await drawSignature(second);
    await second.getByRole('button', { name: '提交这件申请' }).dblclick();
    await second.waitForURL(/\/desk\/receipt\//);
    await expect(first.getByRole('heading', { name: '这份草稿已经提交了' })).toBeVisible();
    await expect(pill(second, '已送达')).toBeVisible({ timeout: 30_000 });
    expect(applicationsAt(city.dataDir).map(({ id }) => id)).toEqual([draft.split('/').at(-1)]);
    expect(commandsAt(city.dataDir).map(({ kind }) => kind)).toEqual(['receive']);
  });

  await test.step('Enter pressed twice makes one application', async () => {
    await beginItem(second, 'gljt', ITEM);
    // somebody else: the same person once more within thirty days would be asked for a reason
    const idNumber = sampleIdNumber(2, { birthDate: '1944-03-05', sex: 'female' });
    await fillAllowance(second, { ...VILLAGER, name: '王示例二', idNumber });
    await second.getByRole('link', { name: '都对，去签名' }).click();
    await second.getByText('纸上已签', { exact: true }).click();
    await office.kill();
    await second.getByRole('button', { name: '提交这件申请' }).focus();
    await second.evaluate(() => {
      // both presses before the page has had any time between them
      const button = document.activeElement as HTMLButtonElement;
      button.form?.requestSubmit(button);
      button.form?.requestSubmit(button);
    });
    await second.waitForURL(/\/desk\/receipt\//);
    await expect(pill(second, '仅存本机')).toBeVisible();
    await office.start();
    await expect(pill(second, '已送达')).toBeVisible({ timeout: 60_000 });
    expect(applicationsAt(city.dataDir)).toHaveLength(2);
    expect(commandsAt(city.dataDir).map(({ kind }) => kind)).toEqual(['receive', 'receive']);
  });
});
