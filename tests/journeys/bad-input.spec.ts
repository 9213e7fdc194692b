/** What people type wrong, and what attackers type: named in words, never lost, never run, and shown as the text it is. */
import { expect, test, type Page } from '@playwright/test';
import { sampleBankCard, sampleIdNumber } from '#lib/domain/sample-identity.ts';
import { browserDevice } from '../support/browser-device.ts';
import {
  beginItem,
  enrol,
  loadAgain,
  materialIs,
  next,
  pill,
  signAndSubmit,
  signIn,
} from '../support/desk-steps.ts';
import { applicationsAt } from '../support/office-book.ts';
import { openCase } from '../support/review-steps.ts';
import { openStation, personOf, TOWNSHIP } from '../support/station.ts';

const ITEM = '城乡居民基本养老保险个人信息变更登记';
const MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
/** A number that ends in X. */
const ID = Array.from({ length: 50 }, (_, n) =>
  sampleIdNumber(2 * n, { birthDate: '1944-03-05', sex: 'female' }),
).find((number) => number.endsWith('X'))!;
const fullWidth = (text: string): string =>
  [...text].map((one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join('');

/** A dialog, a broken policy or an uncaught error: markup that ran, or tried to. */
function watchFor(page: Page, seen: string[]): void {
  page.on('dialog', (dialog) => {
    if (dialog.type() === 'beforeunload') return;
    seen.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text())) seen.push(message.text());
  });
}

/** Types, leaves the box, reads what is said, and finds the typed text again after loading the page anew. */
async function refused(page: Page, label: string, typed: string, said: RegExp): Promise<void> {
  const box = page.getByLabel(label);
  await box.click();
  await box.fill(typed);
  await box.press('Tab');
  await expect(page.locator('.error').filter({ hasText: said })).toBeVisible();
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await loadAgain(page);
  await expect(box).toHaveValue(typed);
}

/** Types, leaves the box, and finds it without a complaint, as `kept`. */
async function accepted(page: Page, label: string, typed: string, kept = typed): Promise<void> {
  const box = page.getByLabel(label);
  await box.fill(typed);
  await box.press('Tab');
  await expect(box).toHaveValue(kept);
  await expect(box).not.toHaveAttribute('aria-invalid');
}

test('bad input is named, kept and shown as text, at the village and at the township', async () => {
  await using station = await openStation();
  await using township = browserDevice();
  const { city, office, page } = station;
  const seen: string[] = [];
  watchFor(page, seen);
  await beginItem(page, '个人信息变更', ITEM);
  await page.goto(`${page.url()}/applicant`);

  await test.step('identity numbers: each fault in its own words, and nothing typed is lost', async () => {
    await refused(page, '身份证号', `${ID.slice(0, 17)}1`, /第 18 位（校验码）不对/);
    await refused(page, '身份证号', '410526440305123', /15 位的旧身份证已经停用/);
    const noSuchDay = `${ID.slice(0, 6)}19440230${ID.slice(14)}`;
    await refused(page, '身份证号', noSuchDay, /第 7 至 14 位不是真实的出生日期/);
    await refused(page, '身份证号', ID.slice(0, 16), /少 2 位/);
  });

  await test.step('the error summary leads to the field', async () => {
    await next(page);
    const summary = page.getByRole('alert').filter({ hasText: '处没填好' });
    await expect(summary).toBeFocused();
    await summary.getByRole('link', { name: /身份证号/ }).click();
    await expect(page.getByLabel('身份证号')).toBeFocused();
    await summary.getByRole('link', { name: /电话/ }).click();
    await expect(page.getByLabel('联系电话')).toBeFocused();
  });

  await test.step('a lower-case x and full-width digits are the same number', async () => {
    await accepted(page, '身份证号', ID.toLowerCase(), ID);
    await accepted(page, '身份证号', fullWidth(ID), ID);
    await expect(page.getByText(/1944 年 3 月 5 日出生，女/)).toBeVisible();
  });

  await test.step('names: markup is refused by its character; dots and rare characters are names', async () => {
    await refused(page, '申请人姓名', '<img onerror>', /不能用的字符“<”/);
    await accepted(page, '申请人姓名', '𬱖');
    await accepted(page, '申请人姓名', '阿卜杜拉·买买提𬱖');
    await refused(page, '联系电话', '1380000', /少 4 位/);
    await accepted(page, '联系电话', '13800000001');
    await accepted(page, '住址', `白道口镇许村 ${MARKUP}`);
    await next(page);
    await page.getByText('本人来办').click();
    await next(page);
  });

  await test.step('a remark of ten thousand characters is counted and kept whole', async () => {
    await page.getByText('户籍地址', { exact: true }).click();
    await accepted(page, '变更前内容', '白道口镇');
    await accepted(page, '变更后内容', MARKUP);
    await accepted(page, '新银行账户', sampleBankCard(1), '6210 0000 0000 0000 017');
    await refused(page, '变更原因', '长'.repeat(10_000), /现在有 10000 个，请删去 9800 个/);
    await accepted(page, '变更原因', `搬家 ${MARKUP}`);
    await next(page);
    await materialIs(page, '居民身份证', '已收');
    await next(page);
  });

  await test.step('receipt, application and the case at the township show text', async () => {
    await expect(page.getByText('阿卜杜拉·买买提𬱖').first()).toBeVisible();
    await expect(page.getByText(MARKUP).first()).toBeVisible();
    const id = await signAndSubmit(page);
    // masked, as on every copy: the rare character is one, not two halves
    await expect(page.getByText(/^阿\*{7}𬱖\s/).first()).toBeVisible();
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    await page.goto(`${office.url}/desk/applications/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('阿卜杜拉·买买提𬱖·');
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
    const [kept, ...more] = applicationsAt(city.dataDir);
    expect(more).toEqual([]);
    const stored = JSON.parse(kept!.json) as { applicant: object; answers: object };
    expect(stored.applicant).toMatchObject({ name: '阿卜杜拉·买买提𬱖', idNumber: ID });
    expect(stored.answers).toMatchObject({ newValue: MARKUP, changeReason: `搬家 ${MARKUP}` });

    const clerk = await township.open();
    watchFor(clerk, seen);
    await enrol(clerk, office.url, (await city.issueCode(TOWNSHIP)).code);
    await signIn(clerk, personOf(city, TOWNSHIP, 'clerk'), city.passphrase);
    await openCase(clerk, ITEM);
    await expect(clerk.getByText(MARKUP).first()).toBeVisible();
    await expect(clerk.locator('img[src="x"]')).toHaveCount(0);
  });
  expect(seen).toEqual([]);
});
