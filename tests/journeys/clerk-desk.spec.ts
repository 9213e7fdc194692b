/**
 * A township clerk's morning: queues with their counts, who has what in hand, acts by single keys, a notice that lists
 * everything, an act that is taken back in time; and somebody at the window who goes away with the result, without a network.
 */
import { expect, test, type Page } from '@playwright/test';
import type { Application } from '#lib/domain/state.ts';
import { sampleIdNumber } from '#lib/domain/sample-identity.ts';
import { barriers } from '../support/accessibility.ts';
import { cardService, type CardService } from '../support/card-service.ts';
import { openClerkRoom } from '../support/clerk-room.ts';
import { applicationsAt, commandsAt } from '../support/office-book.ts';

const READER_PORTS = [19199, 19198, 19197, 19196];
const ARRIVES = { timeout: 60_000 };

const check = async (page: Page, where: string) => expect.soft(await barriers(page, where)).toEqual([]);
const queueTab = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '队列' }).getByRole('link', { name: new RegExp(`^${name} \\d+$`) });
const countOf = async (page: Page, name: string): Promise<number> =>
  Number((await queueTab(page, name).textContent())?.match(/\d+/)?.[0]);
const rows = (page: Page) => page.getByRole('table').locator('tbody tr');
/** The row where the keys are. */
const here = (page: Page) => rows(page).filter({ has: page.locator('a:focus') });
const form = (page: Page) => page.locator('[data-form]:not([hidden])');
const act = (page: Page, name: string) => page.locator('[data-act]').getByRole('button', { name }).first();
const caseOf = (page: Page): string => /\/review\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
const statesAt = (dataDir: string): Application[] =>
  applicationsAt(dataDir).map(({ json }) => JSON.parse(json) as Application);
const sentTo = (dataDir: string, id: string) => {
  const state = applicationsAt(dataDir).find((one) => one.id === id);
  return state ? (JSON.parse(state.json) as Application) : null;
};

async function openQueue(page: Page, name: string): Promise<void> {
  await queueTab(page, name).click();
  await expect(queueTab(page, name)).toHaveAttribute('aria-current', 'page');
}
async function openFirst(page: Page): Promise<string> {
  await rows(page).first().getByRole('link').first().click();
  await page.waitForURL(/\/review\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name: '现在能办' })).toBeVisible();
  return caseOf(page);
}

test('queues, claims, keys, one notice for everything, and ten seconds to think again', async () => {
  await using room = await openClerkRoom({ count: 60 });
  const { city, office } = room;
  const [first = '', second = ''] = room.people('clerk');
  const { page } = await room.sitDown(first);

  await test.step('every queue says how many lie in it', async () => {
    const isNew = ({ state, notices }: Application): boolean => state === 'pending' && notices.length === 0;
    const isBack = ({ state, notices }: Application): boolean => state === 'pending' && notices.length > 0;
    const states = statesAt(city.dataDir);
    await expect.poll(() => countOf(page, '新收'), ARRIVES).toBe(states.filter(isNew).length);
    await expect.poll(() => countOf(page, '已补正')).toBe(states.filter(isBack).length);
    await openQueue(page, '已补正');
    await expect(rows(page)).toHaveCount(states.filter(isBack).length);
    await openQueue(page, '新收');
    await check(page, '待办');
  });

  const { page: other } = await room.sitDown(second);
  await test.step('what one clerk claims, the other sees and may work on all the same', async () => {
    await openQueue(page, '新收');
    const had = await countOf(page, '我认领的');
    // J goes down row by row and X ticks: no mouse
    const taken: string[] = [];
    while (taken.length < 2) {
      await page.keyboard.press('j');
      if (
        (await here(page)
          .getByRole('button', { name: /^认领：/ })
          .count()) === 0
      )
        continue;
      await page.keyboard.press('x');
      taken.push((await page.locator('a:focus').getAttribute('href')) ?? '');
    }
    await expect(page.getByText('已选 2 件')).toBeVisible();
    await page.getByRole('button', { name: '认领已选' }).click();
    await expect.poll(() => countOf(page, '我认领的')).toBe(had + 2);
    await openQueue(other, '新收');
    const row = rows(other).filter({ has: other.locator(`a[href="${taken[0]}"]`) });
    await expect(row).toContainText(first, ARRIVES);
    await expect(row.getByRole('button', { name: /^(认领|放回)：/ })).toHaveCount(0);
    await row.getByRole('link').first().click();
    await expect(other.getByText(`${first}认领`)).toBeVisible();
    await expect(other.getByRole('button', { name: '放回' })).toHaveCount(0);
    await expect(act(other, '一次告知补正')).toBeEnabled();
  });

  await test.step('J and K walk through the queue, and a letter never acts: it opens the form', async () => {
    await openQueue(page, '新收');
    const at = await openFirst(page);
    const title = page.getByRole('heading', { level: 1 });
    const first = await title.innerText();
    await page.keyboard.press('j');
    await expect.poll(() => caseOf(page)).not.toBe(at);
    await page.keyboard.press('k');
    await expect.poll(() => caseOf(page)).toBe(at);
    // whoever presses a letter has the case before them
    await expect(title).toHaveText(first);
    await expect(act(page, '一次告知补正')).toBeEnabled();
    const before = commandsAt(city.dataDir).length;
    await page.keyboard.press('b');
    await expect(form(page).getByRole('button', { name: /发补正告知/ })).toBeVisible();
    // with the form open letters are words, or nothing
    await form(page).getByRole('textbox', { name: '依据' }).fill('');
    await page.keyboard.type('jnk');
    await expect(form(page).getByRole('textbox', { name: '依据' })).toHaveValue('jnk');
    expect(caseOf(page)).toBe(at);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: '现在能办' })).toBeVisible();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: '全部按键' });
    await expect(help.getByText('一次告知补正')).toBeVisible();
    await page.keyboard.press('n');
    await expect(form(page)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    expect(commandsAt(city.dataDir)).toHaveLength(before);
  });

  await test.step('a notice of several things, in phrases of the counter and of one’s own, lists all of them', async () => {
    await page.goto(`${office.url}/review?q=new`);
    await expect(rows(page).first()).toBeVisible();
    const at = await openFirst(page);
    await page.keyboard.press('b');
    const materials = form(page).getByRole('group', { name: '材料要补' }).getByRole('button');
    const count = await materials.count();
    for (let i = 0; i < count; i++)
      if ((await materials.nth(i).getAttribute('aria-pressed')) !== 'true') await materials.nth(i).click();
    const lines = form(page).locator('.defect').getByRole('textbox');
    await expect(lines).toHaveCount(count);
    await lines.first().fill('章看不清');
    const canned = form(page).getByRole('group', { name: '常用语', exact: true }).getByRole('button').first();
    const phrase = (await canned.textContent())?.trim() ?? '';
    await canned.click();
    await expect(lines.first()).toHaveValue(`章看不清；${phrase}`);

    await lines.first().fill('请到村委会盖章后再交');
    await form(page).getByRole('button', { name: '把这句存下' }).click();
    await expect(form(page).getByText('存为常用语了')).toBeVisible();
    for (let i = 1; i < count; i++) {
      await lines.nth(i).fill('');
      await lines.nth(i).focus();
      await form(page).getByRole('group', { name: '自己的常用语' }).getByText('请到村委会盖章后再交').click();
    }
    for (let i = 0; i < count; i++) await expect(lines.nth(i)).toHaveValue('请到村委会盖章后再交');
    await check(page, '一次告知补正');
    await form(page)
      .getByRole('button', { name: /发补正告知/ })
      .click();
    const sure = form(page).getByRole('button', { name: /不再改/ });
    await expect(sure.or(page.getByText('一次告知补正：已保存在本机')).first()).toBeVisible();
    if (await sure.isVisible()) await sure.click();
    await expect.poll(() => sentTo(city.dataDir, at)?.notices.at(-1)?.defects.length, ARRIVES).toBe(count);
    await page.goto(`${office.url}/review?q=new`);
    await openFirst(page);
    await page.keyboard.press('b');
    await materials.first().click();
    const own = form(page).getByRole('group', { name: '自己的常用语' });
    await own.getByRole('button', { name: '删几句' }).click();
    await own.getByRole('button', { name: '删去常用语：请到村委会盖章后再交' }).click();
    await expect(own.getByText('请到村委会盖章后再交')).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('an act taken back within ten seconds has never been at the office', async () => {
    await page.goto(`${office.url}/review?q=new`);
    await expect(rows(page).first()).toBeVisible();
    const at = await openAcceptable(page);
    await page.keyboard.press('a');
    await form(page).getByRole('button', { name: '受理', exact: true }).click();
    await expect(page.getByText(/受理：已保存在本机/)).toBeVisible();
    await page.getByRole('button', { name: /^撤销/ }).click();
    await expect(page.getByText('已撤销，没有送出')).toBeVisible();
    await page.keyboard.press('Escape');

    // what follows in the same queue arrives, so the other would have been there long ago
    await page.keyboard.press('c');
    await expect.poll(() => sentTo(city.dataDir, at)?.claim?.name, ARRIVES).toBe(first);
    expect(sentTo(city.dataDir, at)?.state).toBe('pending');
    expect(sentTo(city.dataDir, at)?.acceptedOn ?? null).toBeNull();

    // once more and left alone: after the window it is at the office, and there is nothing to take back
    await page.keyboard.press('a');
    await form(page).getByRole('button', { name: '受理', exact: true }).click();
    await expect(page.getByText(/受理：已保存在本机/)).toBeVisible();
    await expect.poll(() => sentTo(city.dataDir, at)?.state, ARRIVES).toBe('accepted');
    await expect(page.getByRole('button', { name: /^撤销/ })).toHaveCount(0);
  });

  await test.step('without an office one claims and acts on, and the queue is sent when it returns', async () => {
    await office.kill();
    await page.goto(`${office.url}/review?q=new`);
    await expect(rows(page).first()).toBeVisible();
    const at = await openAcceptable(page);
    await page.keyboard.press('c');
    await expect(page.getByText('我认领的', { exact: true })).toBeVisible();
    await page.keyboard.press('a');
    await form(page).getByRole('button', { name: '受理', exact: true }).click();
    await expect(page.getByText(/受理：已保存在本机/)).toBeVisible();
    await office.start();
    await expect.poll(() => sentTo(city.dataDir, at)?.state, ARRIVES).toBe('accepted');
    expect(sentTo(city.dataDir, at)?.claim?.name).toBe(first);
  });
});

/** The first case from here on that may be accepted as it stands and that nobody has in hand. */
async function openAcceptable(page: Page): Promise<string> {
  await openFirst(page);
  await expect(async () => {
    const may = act(page, '受理');
    await expect(may).toBeVisible();
    const free = await page.getByRole('button', { name: /^认领/ }).isVisible();
    const open = (await may.getAttribute('aria-disabled')) !== 'true';
    if (!free || !open) await page.keyboard.press('j');
    expect(free && open).toBe(true);
  }).toPass();
  return caseOf(page);
}

/** Other journeys may run beside this one: whichever port is free. */
async function anyCardService(): Promise<{ service: CardService; port: number }> {
  for (const port of READER_PORTS) {
    const service = await cardService(port).catch(() => null);
    if (service) return { service, port };
  }
  throw new Error('no port for a card reader is free');
}

test('at the window: the card is read, one page is filled from the keyboard, and the result is handed over at once', async () => {
  const NAME = '郑样例';
  const idNumber = sampleIdNumber(7, { birthDate: '1941-06-01', sex: 'male' });
  await using room = await openClerkRoom({ count: 0 });
  const { city, office } = room;
  const { service, port } = await anyCardService();
  await using _service = service;
  const { page } = await room.sitDown(room.people('clerk')[0] ?? '');

  await test.step('nothing to do: it says where work comes from', async () => {
    await expect(page.getByText(/^没有/).first()).toBeVisible();
    await check(page, '待办，没有');
  });

  await test.step('the item is found by its initials, and Enter begins', async () => {
    // the list of items has come
    await page.goto(`${office.url}/review/counter`);
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type('生存认证');
    await expect(page.getByRole('listitem').filter({ hasText: '高龄津贴年度生存认证' }).first()).toBeVisible(
      ARRIVES,
    );
    await check(page, '窗口快办');
    await expect(async () => {
      await page.getByRole('searchbox').press('Enter');
      await page.waitForURL(/\/review\/counter\/[0-9a-f-]{36}/, { timeout: 2_000 });
    }).toPass();
    await expect(page.getByRole('heading', { name: '签名收件' })).toBeVisible();
  });

  await test.step('a program on this computer reads the card: empty boxes are filled, what was typed stays', async () => {
    await page.getByRole('button', { name: '读卡器设置：申请人' }).click();
    const dialog = page.getByRole('dialog', { name: '这台电脑的读卡器' });
    await dialog.getByText('要装读卡程序的').click();
    await dialog.getByLabel('读卡程序的端口').selectOption(String(port));
    await dialog.getByRole('button', { name: '用这种' }).click();
    await expect(page.getByText('读卡器连着')).toBeVisible();
    await page.locator('[id="applicant.name"]').fill('郑样');
    service.send({ name: NAME, idNumber });
    await expect(page.locator('[id="applicant.idNumber"]')).toHaveValue(/^\d{6} ?\d{8} ?\d{4}$|^\d{18}$/);
    await expect(page.locator('[id="applicant.name"]')).toHaveValue('郑样');
    await check(page, '窗口快办，读过卡');
    await page.getByRole('button', { name: '姓名用卡上的' }).click();
    await expect(page.locator('[id="applicant.name"]')).toHaveValue(NAME);
  });

  await office.kill();
  await test.step('the rest from the keyboard; what is lacking is said at once, and Ctrl+Enter receives', async () => {
    await page.locator('[id="applicant.phone"]').focus();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/处没填好/)).toBeVisible();
    await check(page, '窗口快办，没填好');
    await page.locator('[id="applicant.phone"]').focus();
    await page.keyboard.type('13800000007');
    await page.locator('[id="applicant.address"]').focus();
    await page.keyboard.type('白道口镇许村二组');
    // Enter goes on to the next box
    await page.keyboard.press('Enter');
    await expect(page.locator('[id="applicant.address"]')).not.toBeFocused();
    await fillCertification(page);
    await page
      .getByRole('checkbox', { name: /居民身份证/ })
      .first()
      .check();
    await page.getByText('纸上已签', { exact: true }).first().click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('heading', { name: '收下了，凭证交给申请人' })).toBeVisible();
  });

  await test.step('即办件: the form for settling stands open, and what is signed is settled here and now', async () => {
    await expect(form(page).getByRole('button', { name: '当场办结' })).toBeVisible();
    await form(page).getByText('纸上已签', { exact: true }).click();
    await form(page).getByRole('button', { name: '当场办结' }).click();
    const sure = form(page).getByRole('button', { name: /不再改/ });
    await expect(sure.or(page.getByText(/当场办结：已保存在本机/)).first()).toBeVisible();
    if (await sure.isVisible()) await sure.click();
    await expect(page.getByText(/当场办结：已保存在本机/)).toBeVisible();
    await check(page, '窗口快办，当场办结');
  });

  await test.step('the office comes back, and has all of it in order', async () => {
    await office.start();
    await expect.poll(() => statesAt(city.dataDir)[0]?.state, ARRIVES).toBe('settled');
    const [state] = statesAt(city.dataDir);
    expect(state?.applicant).toMatchObject({ name: NAME, idNumber });
    expect(commandsAt(city.dataDir).map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'receive applied',
      'settle applied',
    ]);
  });
});

async function fillCertification(page: Page): Promise<void> {
  const group = (id: string) =>
    page.locator('fieldset', { has: page.locator(`[id="answers.${id}"]`) }).last();
  for (const id of ['authMode', 'liveState']) await group(id).getByRole('radio').first().check();
  await group('accountChange').getByText('否', { exact: true }).click();
}
