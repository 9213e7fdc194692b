/** A site's own choice (本站不办的事项), made by the county: never below the minimum of its level. */
import { choiceMark, offeredCount, sortedCodes } from '#lib/catalogue/site-choice.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { audit } from '../audit.ts';
import { itemsInForce } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';
import { ownSite, type Keeping } from './keep-sites.ts';

export interface ChoiceView {
  minimum: number;
  items: { code: string; name: string; department: string; leftOut: boolean }[];
  /** Left out, and not in the newest release any more: it stays left out should it come back. */
  gone: string[];
}

export async function viewChoice(trx: Trx, county: string, id: string): Promise<ChoiceView | null> {
  const site = await trx
    .selectFrom('site')
    .select(['level'])
    .where('id', '=', id)
    .where('county', '=', county)
    .executeTakeFirst();
  const level = site && itemLevelOf(site.level);
  if (!level) return null;
  const { policy } = await trx
    .selectFrom('county')
    .select('policy')
    .where('id', '=', county)
    .executeTakeFirstOrThrow();
  const row = await trx
    .selectFrom('site_choice')
    .select('left_out')
    .where('site', '=', id)
    .executeTakeFirst();
  const leftOut = new Set(row ? (JSON.parse(row.left_out) as string[]) : []);
  const items = await itemsInForce(trx, county, level);
  const known = new Set(items.map(({ code }) => code));
  return {
    minimum: (JSON.parse(policy) as CountyPolicy).minimumItems[level],
    items: items.map(({ code, name, department }) => ({
      code,
      name,
      department,
      leftOut: leftOut.has(code),
    })),
    gone: [...leftOut].filter((code) => !known.has(code)),
  };
}

export type ChoiceKept =
  { is: 'done'; offered: number } | { is: 'noSite' } | { is: 'tooFew'; offered: number; minimum: number };

/** @param offered codes of items that the site offers, of those in the newest release */
export async function chooseItems(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, offered }: { id: string; offered: readonly string[] },
): Promise<ChoiceKept> {
  const site = await ownSite(trx, county, id);
  const view = site && site.status !== 'closed' ? await viewChoice(trx, county, id) : null;
  if (!view) return { is: 'noSite' };
  const wanted = new Set(offered);
  const codes = view.items.map(({ code }) => code);
  const left = codes.filter((code) => !wanted.has(code));
  const count = offeredCount(codes, new Set(left));
  if (left.length > 0 && count < view.minimum) return { is: 'tooFew', offered: count, minimum: view.minimum };
  const leftOut = sortedCodes([...left, ...view.gone]);
  const mark = await choiceMark(leftOut);
  if (leftOut.length === 0) await trx.deleteFrom('site_choice').where('site', '=', id).execute();
  else {
    const row = { left_out: JSON.stringify(leftOut), mark, changed_at: now, changed_by: by };
    await trx
      .insertInto('site_choice')
      .values({ site: id, ...row })
      .onConflict((on) => on.column('site').doUpdateSet(row))
      .execute();
  }
  await audit(trx, now, [{ who: by, what: 'choiceSet', detail: { site: id, leftOut: left.length } }]);
  return { is: 'done', offered: count };
}
