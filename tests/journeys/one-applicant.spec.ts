/**
 * One family at the desk without a network: a child with a guardian who gives a fingerprint, a second application for the
 * same child with nothing typed twice, and the same one once more, which goes on only with a reason.
 */
import { expect, test } from '@playwright/test';
import { newDraft } from '#lib/domain/draft.ts';
import type { Item } from '#lib/domain/item.ts';
import { sampleIdNumber, samplePerson } from '#lib/domain/sample-identity.ts';
import { chance } from '#lib/server/seed/chance.ts';
import { loadAgain, next, pill, readyForOffline } from '../support/desk-steps.ts';
import { fillAnswers, putMaterial } from '../support/form-steps.ts';
import { applicationsAt } from '../support/office-book.ts';
import { fillApplicant, sign } from '../support/person-steps.ts';
import { sampleAnswers } from '../support/sample-answers.ts';
import { openStation } from '../support/station.ts';
import { wholeList } from '../support/whole-catalogue.ts';

const itemNamed = (name: string): Item => wholeList().find((item) => item.name === name)!;
const INSURANCE = itemNamed('新生儿参加城乡居民基本医疗保险登记');
const SIGNING = itemNamed('家庭医生签约服务');
const mother = samplePerson(12);
const child = { name: '王小样', idNumber: sampleIdNumber(3, { birthDate: '2024-03-05' }) };
const { applicant } = newDraft('', { code: '', hash: '' }, '');
const APPLICANT = {
  ...applicant,
  ...child,
  phone: mother.phone,
  address: '白道口镇许村一组',
  guardian: {
    name: mother.name,
    idKind: mother.idKind,
    idNumber: mother.idNumber,
    phone: mother.phone,
    relation: '父母',
  },
};

test('a family applies three times and is asked once; the third time wants a reason', async () => {
  await using station = await openStation();
  const { page, city, office, url } = station;
  await readyForOffline(page);
  await office.kill();

  const fields = (id: string) => page.locator(`[id="${id}"]`);
  async function finish(item: Item, seed: number): Promise<string> {
    const { typed, stored } = sampleAnswers(item.form, chance(seed), 'hidden');
    await expect(page.getByRole('heading', { name: '表单', level: 1 })).toBeVisible();
    await fillAnswers(page, item.form, typed, stored);
    return submit(item);
  }
  async function submit(item: Item): Promise<string> {
    await next(page);
    await expect(page.getByRole('heading', { name: '材料', level: 1 })).toBeVisible();
    for (const { code, required } of item.materials) if (required) await putMaterial(page, code, '已收');
    await next(page);
    await page.getByRole('link', { name: '都对，去签名' }).click();
    await sign(page, 'signature', {
      kind: 'fingerprint',
      by: mother.name,
      witness: { kind: 'paper', by: '周见证' },
    });
    await page.getByRole('button', { name: '提交这件申请' }).click();
    await page.waitForURL(/\/desk\/receipt\//);
    await expect(pill(page, '仅存本机')).toBeVisible();
    return page.url().split('/').at(-1)!;
  }

  const ids: string[] = [];
  await test.step('a newborn is insured by the mother, who cannot write', async () => {
    await page.goto(`${url}/desk/items?item=${INSURANCE.code}`);
    await page.getByRole('button', { name: '开始代办' }).click();
    await page.getByRole('link', { name: '开始：申请人' }).click();
    await fillApplicant(page, INSURANCE, APPLICANT);
    await next(page);
    await page.getByText('监护人来办').click();
    await next(page);
    ids.push(await finish(INSURANCE, 1));
  });

  await test.step('再为他办一件: applicant and guardian are there, only the form is filled in', async () => {
    await page.getByRole('link', { name: `再为${child.name}办一件` }).click();
    await expect(page.getByText(`再为${child.name}办一件：选好事项`)).toBeVisible();
    await page.getByRole('searchbox').fill('家庭医生');
    await expect(page.getByRole('heading', { name: SIGNING.name, level: 2 })).toBeVisible();
    await page.getByRole('button', { name: '开始代办' }).click();
    await page.getByRole('link', { name: '接着办：表单' }).click();
    ids.push(await finish(SIGNING, 2));
  });

  await test.step('照这件再办一件: the answers too, but a reason is wanted', async () => {
    await page.goto(`${url}/desk/applications/${ids[1]}`);
    await page.getByRole('button', { name: '照这件再办一件' }).click();
    await page.getByRole('link', { name: '接着办：申请人' }).click();
    await expect(page.getByText('疑似重复：这件事 30 天内收过一次')).toBeVisible();
    await expect(page.getByRole('link', { name: '看先前那件' })).toHaveAttribute(
      'href',
      `/desk/applications/${ids[1]}`,
    );
    await next(page);
    await expect(page.getByRole('alert')).toContainText('请写明为什么再办一件');
    await fields('applicant.duplicateReason').fill('换了签约的卫生院');
    await page.keyboard.press('Tab');
    await loadAgain(page);
    await expect(fields('applicant.duplicateReason')).toHaveValue('换了签约的卫生院');
    await next(page);
    await next(page);
    ids.push(await submit(SIGNING));
  });

  await test.step('the township has all three, and sees which one looks like another', async () => {
    await office.start();
    await expect
      .poll(() => applicationsAt(city.dataDir).filter(({ id }) => ids.includes(id)).length, {
        timeout: 60_000,
      })
      .toBe(3);
    const kept = ids.map((id) => JSON.parse(applicationsAt(city.dataDir).find((one) => one.id === id)!.json));
    const guardian = { name: mother.name, relation: '父母' };
    for (const one of kept)
      expect(one).toMatchObject({
        applicant: { name: child.name, guardian },
        signature: { kind: 'fingerprint', by: mother.name, witness: { by: '周见证' } },
      });
    expect(kept.map(({ flags }) => flags)).toEqual([[], [], ['duplicate']]);
    expect(kept[2]).toMatchObject({ duplicateReason: '换了签约的卫生院', answers: kept[1].answers });
  });
});
