/**
 * The ten hardest forms of the list, filled in by hand in a real Chromium at a township's counter without a network, then
 * sent: the office keeps exactly what was typed.
 */
import { expect, test } from '@playwright/test';
import { signerOf } from '#lib/domain/applicant.ts';
import type { Answers } from '#lib/domain/answers.ts';
import { chineseDay } from '#lib/domain/day.ts';
import { applicantOf } from '#lib/domain/draft.ts';
import type { Item } from '#lib/domain/item.ts';
import { MATERIAL_STATUS_NAMES } from '#lib/domain/materials.ts';
import { browserDevice } from '../support/browser-device.ts';
import { demoCity } from '../support/demo-city.ts';
import { enrol, next, pill, readyForOffline, signIn } from '../support/desk-steps.ts';
import { fillAnswers, plain, putMaterial } from '../support/form-steps.ts';
import { applicationsAt } from '../support/office-book.ts';
import { runningOffice } from '../support/office-process.ts';
import { fillApplicant, fillHandler, sign } from '../support/person-steps.ts';
import { sampleDraft } from '../support/sample-draft.ts';
import { personOf, TOWNSHIP } from '../support/station.ts';
import { wholeList } from '../support/whole-catalogue.ts';

/** Questions, rows of rows, questions behind questions, papers. */
function hardness({ form, materials }: Item): number {
  const tables = form.filter((field) => field.type === 'table');
  const columns = tables.reduce((sum, table) => sum + (table.columns?.length ?? 0), 0);
  const hidden = form.filter((field) => field.visibleIf !== undefined).length;
  return form.length + 4 * tables.length + columns + 2 * hidden + materials.length;
}

const HARDEST = wholeList()
  .filter(({ levels }) => levels.includes('township'))
  .sort((a, b) => hardness(b) - hardness(a))
  .slice(0, 10);

test('the ten hardest forms, filled in with mouse and keyboard offline, arrive as they were typed', async () => {
  console.info(HARDEST.map((item) => `${hardness(item)} ${item.name}`).join('\n'));
  await using city = await demoCity();
  await using office = await runningOffice({ dataDir: city.dataDir });
  await using counter = browserDevice();
  const page = await counter.open();
  await enrol(page, office.url, (await city.issueCode(TOWNSHIP)).code);
  await signIn(page, personOf(city, TOWNSHIP, 'clerk'), city.passphrase);
  await readyForOffline(page);
  await office.kill();

  const today = chineseDay(new Date().toISOString());
  const sent = new Map<string, { item: Item; stored: Answers; applicant: string; signer: string }>();
  for (const [at, item] of HARDEST.entries()) {
    await test.step(item.name, async () => {
      const ref = { code: item.code, hash: '' };
      const now = new Date().toISOString();
      const { draft, typed, stored } = sampleDraft({
        id: '',
        item,
        ref,
        seed: 300 + at,
        now,
        today,
        when: 'asked',
      });
      await page.goto(`${office.url}/desk/items?item=${item.code}`);
      await page.getByRole('button', { name: '开始代办' }).click();
      await page.waitForURL(/\/desk\/draft\/[0-9a-f-]+$/);
      const id = page.url().split('/').at(-1)!;
      await page.getByRole('link', { name: '开始：申请人' }).click();
      await fillApplicant(page, item, draft.applicant);
      await next(page);
      await fillHandler(page, item, draft);
      await next(page);
      await expect(page.getByRole('heading', { name: '表单', level: 1 })).toBeVisible();
      await fillAnswers(page, item.form, typed, stored);
      await next(page);
      await expect(page.getByRole('heading', { name: '材料', level: 1 })).toBeVisible();
      for (const { code, status } of draft.materials)
        await putMaterial(page, code, MATERIAL_STATUS_NAMES[status]);
      await next(page);
      await expect(page.getByRole('heading', { name: '和申请人一起核对' })).toBeVisible();
      await page.getByRole('link', { name: '都对，去签名' }).click();
      await sign(page, 'signature', draft.signature!);
      await page.getByRole('button', { name: '提交这件申请' }).click();
      await page.waitForURL(/\/desk\/receipt\//);
      await expect(pill(page, '仅存本机')).toBeVisible();
      const signer = draft.handledBy === 'proxy' ? draft.proxy.name : signerOf(applicantOf(draft, today));
      sent.set(id, { item, stored, applicant: draft.applicant.name, signer });
    });
  }

  await office.start();
  await expect
    .poll(() => applicationsAt(city.dataDir).filter(({ id }) => sent.has(id)).length, { timeout: 60_000 })
    .toBe(HARDEST.length);
  for (const { id, json } of applicationsAt(city.dataDir)) {
    const wanted = sent.get(id);
    if (!wanted) continue;
    const kept = JSON.parse(json) as {
      answers: Answers;
      applicant: { name: string };
      signature: { by: string };
    };
    expect(kept.answers, wanted.item.name).toEqual(plain(wanted.stored));
    expect([kept.applicant.name, kept.signature.by]).toEqual([wanted.applicant, wanted.signer]);
  }
});
