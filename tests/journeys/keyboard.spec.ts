/** The whole desk from the keyboard: search, guide, six steps, 提交. The villager signs on paper. */
import { expect, test } from '@playwright/test';
import { sampleBankCard } from '#lib/domain/sample-identity.ts';
import { pill, VILLAGER } from '../support/desk-steps.ts';
import { choose, press, tabTo, typeInto } from '../support/keyboard.ts';
import { applicationsAt } from '../support/office-book.ts';
import { openStation } from '../support/station.ts';

test('an application is taken and submitted with the keyboard alone', async () => {
  await using station = await openStation();
  const { page, city } = station;
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const field = (label: string) => page.getByLabel(label);
  const next = () => press(page, button(/^下一步/));
  const step = (title: string) => expect(page.getByRole('heading', { level: 1 })).toHaveText(title);

  await test.step('search and guide', async () => {
    await page.reload();
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type('gljt');
    await expect(page.getByText('老年人高龄津贴认定').first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: '老年人高龄津贴认定', level: 2 })).toBeVisible();
    await press(page, button('开始代办'));
    await page.waitForURL(/\/desk\/draft\//);
  });

  await test.step('six steps', async () => {
    await press(page, page.getByRole('link', { name: '开始：申请人' }));
    await typeInto(page, field('身份证号'), VILLAGER.idNumber);
    await typeInto(page, field('申请人姓名'), VILLAGER.name);
    await typeInto(page, field('联系电话'), VILLAGER.phone);
    await typeInto(page, field('住址'), VILLAGER.address);
    await next();

    await choose(page, page.getByRole('radiogroup', { name: '这件事谁来办' }), '本人来办');
    await next();

    await choose(page, page.getByRole('radiogroup', { name: '居住方式' }), '独居');
    await typeInto(page, field('联系亲属姓名'), '王样本');
    await typeInto(page, field('联系亲属电话'), '13800000002');
    await typeInto(page, field('津贴账户'), sampleBankCard(1));
    await next();

    await step('材料');
    await choose(page, page.getByRole('radiogroup', { name: '高龄津贴申请表' }), '已收');
    await choose(page, page.getByRole('radiogroup', { name: '居民身份证', exact: true }), '已收');
    await next();
    await press(page, page.getByRole('link', { name: '都对，去签名' }));
  });

  await test.step('signed on paper, submitted, received', async () => {
    await step(`请${VILLAGER.name}签名`);
    await choose(page, page.getByRole('radiogroup', { name: '怎么签' }), '纸上已签');
    await press(page, button('提交这件申请'));
    await page.waitForURL(/\/desk\/receipt\//);
    await tabTo(page, button('打印'));
    await expect(pill(page, '已送达')).toBeVisible({ timeout: 60_000 });
    const [kept] = applicationsAt(city.dataDir);
    expect(JSON.parse(kept!.json)).toMatchObject({ applicant: { name: VILLAGER.name } });
    expect(page.url()).toContain(kept!.id);
  });
});
