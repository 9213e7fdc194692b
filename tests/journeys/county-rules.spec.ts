/**
 * The county's calendar and policies: one administrator gives a day off and a longer term, another is at it in the same moment
 * and loses nothing; both are released, and at the pilot station's desk the deadline moves with it.
 */
import { expect, test, type Page } from '@playwright/test';
import { dueWorkingDays, isWorkday } from '#lib/domain/calendar.ts';
import { addDays, chineseDay, formatDay, formatMonthDay, type Day } from '#lib/domain/day.ts';
import { readDemoCalendar } from '#lib/server/seed/read-data.ts';
import { barriers } from '../support/accessibility.ts';
import { signInAtCounty } from '../support/county-steps.ts';
import { beginItem, readyForOffline } from '../support/desk-steps.ts';
import { NOTICE_2026 } from '../support/holiday-notices.ts';
import { openStation, VILLAGE } from '../support/station.ts';

const ITEM = '老年人高龄津贴认定';
const BASIS = '示例电〔2026〕9号';

const calendar = readDemoCalendar();
const today = chineseDay(new Date().toISOString());
function workdayAfter(day: Day): Day {
  let next = addDays(day, 1);
  while (isWorkday(calendar, next) !== true) next = addDays(next, 1);
  return next;
}
const FREE = workdayAfter(today);
const OTHER = workdayAfter(FREE);
const yearPage = (url: string): string => `${url}/county/rules/${FREE.slice(0, 4)}`;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const dayOf = (page: Page, day: Day) =>
  page.getByRole('button', { name: new RegExp(`^${formatMonthDay(day)}，`) });

/** Agrees to what is said first, where something is: applications of the demo city run. */
async function saveAfterReading(page: Page, button: string, done: string): Promise<void> {
  await press(page, button);
  const asked = page.getByText('还没有保存，请先看这些');
  const saved = page.getByText(done);
  await expect(asked.or(saved)).toBeVisible();
  if (!(await asked.isVisible())) return;
  await page.getByText('都核对过了，就这样改').click();
  await press(page, button);
  await expect(saved).toBeVisible();
}

test('a day off and a longer term are edited by two, released, and seen at a station', async ({
  browser,
}) => {
  await using station = await openStation();
  const { city, url, page: desk } = station;
  const [maker, second] = [await browser.newPage(), await browser.newPage()];
  await readyForOffline(desk);
  await beginItem(desk, 'gljt', ITEM);
  const deadline = desk.locator('section', { has: desk.getByRole('heading', { name: '期限' }) });
  // the calendar comes after the guide
  await expect(deadline).toContainText('最迟');
  const words = (await deadline.textContent()) ?? '';
  const days = Number(/受理后 (\d+) 个工作日/.exec(words)?.[1]);
  const due = dueWorkingDays(calendar, today, days)!;
  expect(words).toContain(`最迟 ${formatMonthDay(due)}办好`);

  await test.step('what is missing is said; a day is changed only with its paper, after what it moves was read', async () => {
    await signInAtCounty(maker, url, 'huaxian', city.passphrase);
    await maker.getByRole('link', { name: '日历规则' }).click();
    await expect(maker.getByText(/年的日历是模拟的|还没有 \d+ 年的日历/)).toBeVisible();
    expect.soft(await barriers(maker, '日历和规则')).toEqual([]);
    await signInAtCounty(second, url, 'huaxian2', city.passphrase);
    await second.waitForURL('**/county/board');
    await second.goto(yearPage(url));
    await maker.goto(yearPage(url));
    await press(maker, '存进工作清单');
    await expect(maker.getByText('还没有改哪一天')).toBeVisible();
    const cut = await maker.request.post(`${yearPage(url)}?/save`, {
      headers: { origin: url, accept: 'application/json' },
      form: { change: '{"days":[{"day":"2026-02-30"', basis: BASIS },
    });
    expect(await cut.text()).toContain('内容没有传完整，请再存一次');
    await dayOf(maker, FREE).click();
    await press(maker, '存进工作清单');
    await expect(maker.getByText('请写依据：通知的文号').first()).toBeVisible();
    await maker.getByLabel('依据').fill('请打 13800000001');
    await press(maker, '存进工作清单');
    await expect(maker.getByText('依据里像是有电话或证件号码').first()).toBeVisible();
    await maker.getByLabel('依据').fill(BASIS);
    expect.soft(await barriers(maker, '一年的日历', '.months > :nth-child(n + 3)')).toEqual([]);
    await saveAfterReading(maker, '存进工作清单', '已存进工作清单');
  });

  await test.step('another had the same year open: both days stand', async () => {
    await dayOf(second, OTHER).click();
    await second.getByLabel('依据').fill(BASIS);
    await saveAfterReading(second, '存进工作清单', '已存进工作清单');
    await expect(dayOf(second, FREE)).toHaveAccessibleName(/放假/);
    await expect(dayOf(second, OTHER)).toHaveAccessibleName(/放假/);
  });

  await test.step('a notice of another year is not taken, and says what is wrong with it', async () => {
    await second.goto(`${url}/county/rules/2027`);
    await second.getByLabel('2027 年的放假安排').fill(NOTICE_2026);
    await press(second, '读出日期');
    await expect(second.getByText(/1 月 1 日是星期五，写的是星期四/)).toBeVisible();
  });

  await test.step('a policy that both change: the later one sees the other’s and keeps what was typed', async () => {
    await maker.goto(`${url}/county/rules`);
    await second.goto(`${url}/county/rules`);
    await maker.getByLabel('补正期限').fill('99');
    await maker.getByLabel('依据').fill(BASIS);
    await press(maker, '保存规则');
    await expect(maker.getByText('补正期限只能是 5 至 60 个工作日').first()).toBeVisible();
    await maker.getByLabel('补正期限').fill('20');
    await saveAfterReading(maker, '保存规则', '已改 1 条规则');
    await second.getByLabel('补正期限').fill('18');
    await second.getByLabel('依据').fill(BASIS);
    await press(second, '保存规则');
    await expect(second.getByText('没有保存：别人刚改了补正期限')).toBeVisible();
    await expect(second.getByText('别人写的：20 个工作日')).toBeVisible();
    await expect(second.getByLabel('补正期限')).toHaveValue('18');
  });

  await test.step('the release says both in words and what they move; it goes to the pilot site', async () => {
    await maker.goto(`${url}/county/releases`);
    await maker.getByLabel('站点名称或代码').fill(VILLAGE);
    await press(maker, '查找');
    await maker.getByRole('button', { name: /^选为试点站/ }).click();
    await expect(maker.getByText(/已选为试点站，现在共 1 个/)).toBeVisible();
    await maker.goto(`${url}/county/releases/new`);
    await expect(maker.getByRole('row', { name: /补正期限.*15 个工作日.*20 个工作日/ })).toBeVisible();
    await expect(
      maker.getByRole('row', { name: `工作日历 日历 放假 ${formatDay(FREE)} 没有 加上` }),
    ).toBeVisible();
    await expect(maker.getByText(/日历或规则变了/)).toBeVisible();
    await press(maker, '拟定这一版');
    await expect(maker.getByText('拟定，等另一人发布', { exact: true })).toBeVisible();
    await second.goto(maker.url());
    await expect(second.getByText(/日历或规则变了/)).toBeVisible();
    await press(second, '核对过了，发布');
    await expect(second.getByText('已放到试点站', { exact: true })).toBeVisible({ timeout: 60_000 });
  });

  await test.step('the station’s deadline follows', async () => {
    const draft = desk.url();
    await desk.goto(`${url}/desk/sync`);
    await press(desk, '立即同步');
    await expect(desk.getByText('第 2 版').first()).toBeVisible({ timeout: 60_000 });
    await desk.goto(draft);
    await expect(deadline).toContainText(`最迟 ${formatMonthDay(workdayAfter(workdayAfter(due)))}办好`);
  });
});
