/** Who applies and who comes, filled in on the screen: person or organisation, guardian, proxy, each kind of signature. */
import { expect, type Page } from '@playwright/test';
import type { Person, Signature } from '#lib/domain/commands.ts';
import { applicantKinds, type Draft } from '#lib/domain/draft.ts';
import type { Item } from '#lib/domain/item.ts';
import { drawSignature } from './desk-steps.ts';

const field = (page: Page, id: string) => page.locator(`[id="${id}"]`);

async function fillPerson(page: Page, prefix: string, person: Person): Promise<void> {
  await field(page, `${prefix}.idNumber`).fill(person.idNumber);
  await field(page, `${prefix}.name`).fill(person.name);
}

export async function fillApplicant(page: Page, item: Item, applicant: Draft['applicant']): Promise<void> {
  if (applicantKinds(item).length > 1) {
    const kinds = page.getByRole('radiogroup', { name: '谁申请' });
    await kinds.getByText(applicant.kind === 'legal' ? /^单位/ : '个人').click();
  }
  if (applicant.kind === 'legal') {
    await field(page, 'applicant.idNumber').fill(applicant.idNumber);
    await field(page, 'applicant.name').fill(applicant.name);
    await fillPerson(page, 'applicant.representative', applicant.representative);
  } else await fillPerson(page, 'applicant', applicant);
  if (applicant.kind === 'person' && applicant.guardian) {
    const { guardian } = applicant;
    const asked = page.getByLabel(/由监护人代为申请/);
    // below eight years it is not a question
    if (await asked.isVisible()) await asked.check();
    await fillPerson(page, 'applicant.guardian', guardian);
    await field(page, 'applicant.guardian.phone').fill(guardian.phone);
    await field(page, 'applicant.guardian.relation').selectOption(guardian.relation);
  }
  await field(page, 'applicant.phone').fill(applicant.phone);
  if (applicant.kind === 'person' && applicant.phoneOwner) {
    await page.getByText('亲属或邻居的', { exact: true }).click();
    await field(page, 'applicant.phoneOwner.name').fill(applicant.phoneOwner.name);
    await field(page, 'applicant.phoneOwner.relation').selectOption(applicant.phoneOwner.relation);
  }
  await field(page, 'applicant.address').fill(applicant.address);
}

/** Signs as the given signature was made; strokes are drawn with the mouse. */
export async function sign(page: Page, id: string, signature: Signature): Promise<void> {
  const within = page.locator(`[id="${id}"]`);
  const way = (name: string) => within.getByRole('radiogroup', { name, exact: true });
  const hand = signature.kind === 'fingerprint' ? signature.witness : signature;
  if (signature.kind === 'fingerprint') {
    await way('怎么签').getByText('按指印', { exact: true }).click();
    await within.getByLabel('见证人姓名').fill(signature.witness.by);
  }
  const label = signature.kind === 'fingerprint' ? '见证人怎么签' : '怎么签';
  await way(label)
    .getByText(hand.kind === 'paper' ? '纸上已签' : '在屏幕上签', { exact: true })
    .click();
  if (hand.kind === 'drawn') await drawSignature(page);
}

export async function fillHandler(page: Page, item: Item, draft: Draft): Promise<void> {
  const who = page.getByRole('radiogroup', { name: '这件事谁来办' });
  await who
    .getByRole('radio')
    .nth(draft.handledBy === 'proxy' ? 1 : 0)
    .click();
  if (item.mustAppear !== undefined) await page.getByText('本人已经到场').click();
  if (draft.handledBy !== 'proxy') return;
  const { proxy } = draft;
  await field(page, 'handler.relation').selectOption(proxy.relation);
  await fillPerson(page, 'handler', proxy);
  await field(page, 'handler.phone').fill(proxy.phone);
  const acts = page.getByRole('group', { name: '委托办哪些事' }).getByRole('checkbox');
  for (const box of await acts.all()) {
    const name = (await box.locator('..').textContent())?.trim() ?? '';
    await box.setChecked((proxy.acts as readonly string[]).includes(name));
  }
  if (proxy.authorisation) await sign(page, 'handler.authorisation', proxy.authorisation);
  await expect(page.getByText('先在第 1 步填申请人')).toHaveCount(0);
}
