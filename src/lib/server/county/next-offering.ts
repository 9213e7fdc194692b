/** What the county's working list would release now: what is in use, in the order of the release before, with its rules as edited. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/catalogue/canonical.ts';
import type { Offering } from '#lib/catalogue/release-changes.ts';
import { inReleaseOrder } from '#lib/catalogue/release-order.ts';
import { itemsInUse } from '#lib/catalogue/sheet.ts';
import { byLevels, offeringInForce } from '../catalogue/plan-contents.ts';
import type { Store } from '../db/store.ts';
import { readSheets } from './working-list.ts';
import { readWorkingRules } from './working-rules.ts';

export interface NextOffering {
  /** In force; null before the first release. */
  offering: Offering | null;
  next: Offering;
  /** Says whether the list is still what was looked at. */
  mark: string;
}

export async function nextOffering(store: Store, county: string): Promise<NextOffering> {
  const { sheets, rules } = await store.read(async (trx) => {
    const { calendar, policy } = await readWorkingRules(trx, county);
    return { sheets: await readSheets(trx, county), rules: { calendar, policy } };
  });
  const { offering } = await offeringInForce(store, county);
  const listed = byLevels(itemsInUse(sheets.map(({ sheet }) => sheet)));
  const next = { items: inReleaseOrder(listed, offering?.items ?? null), ...rules };
  const mark = createHash('sha256').update(canonicalJson(next)).digest('base64url');
  return { offering, next, mark };
}
