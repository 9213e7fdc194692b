/** A site's own choice (本站不办的事项), made by the county: never below the minimum of its level. */
import { choiceMark, lackingTo, offeredCount, sortedCodes } from '#lib/catalogue/site-choice.ts';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { audit } from '../audit.ts';
import { itemsInForce } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';
import { ownSite, type Keeping } from './keep-sites.ts';

export interface ChoiceView {
  minimum: number;
  /** Names the choice as it stands, '' where everything is offered: who saves says which one was looked at. */
  mark: string;
  items: { code: string; name: string; department: string; topic: string; leftOut: boolean }[];
  /** Left out, and not in the release in force any more: it stays left out should it come back. */
  gone: string[];
}

/** null for another county's site, and for one where nothing is handled. */
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
    .select(['left_out', 'mark'])
    .where('site', '=', id)
    .executeTakeFirst();
  const leftOut = new Set(row ? (JSON.parse(row.left_out) as string[]) : []);
  const items = await itemsInForce(trx, county, level);
  const known = new Set(items.map(({ code }) => code));
  return {
    minimum: (JSON.parse(policy) as CountyPolicy).minimumItems[level],
    mark: row?.mark ?? '',
    items: items.map(({ code, name, department, topics }) => ({
      code,
      name,
      department,
      topic: topics[0] ?? '',
      leftOut: leftOut.has(code),
    })),
    gone: [...leftOut].filter((code) => !known.has(code)),
  };
}

export type ChoiceKept =
  | { is: 'done'; offered: number }
  | { is: 'noSite' }
  /** Somebody else saved another choice meanwhile. */
  | { is: 'changed' }
  | { is: 'tooFew'; offered: number; minimum: number };

/**
 * @param leftOut codes of items that the site does not offer; others than those of the release in force are not looked at,
 *   so that what was released while somebody was choosing is offered
 * @param mark of the choice that was looked at
 */
export async function chooseItems(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, leftOut, mark: seen }: { id: string; leftOut: readonly string[]; mark: string },
): Promise<ChoiceKept> {
  const site = await ownSite(trx, county, id);
  const view = site && site.status !== 'closed' ? await viewChoice(trx, county, id) : null;
  if (!view) return { is: 'noSite' };
  if (view.mark !== seen) return { is: 'changed' };
  const unwanted = new Set(leftOut);
  const codes = view.items.map(({ code }) => code);
  const left = codes.filter((code) => unwanted.has(code));
  const offered = offeredCount(codes, unwanted);
  if (lackingTo(view.minimum, codes, unwanted) > 0) return { is: 'tooFew', offered, minimum: view.minimum };
  const kept = sortedCodes([...left, ...view.gone]);
  const mark = await choiceMark(kept);
  if (mark === seen) return { is: 'done', offered };
  if (kept.length === 0) await trx.deleteFrom('site_choice').where('site', '=', id).execute();
  else {
    const row = { left_out: JSON.stringify(kept), mark, changed_at: now, changed_by: by };
    await trx
      .insertInto('site_choice')
      .values({ site: id, ...row })
      .onConflict((on) => on.column('site').doUpdateSet(row))
      .execute();
  }
  await audit(trx, now, [{ who: by, what: 'choiceSet', detail: { site: id, leftOut: left.length } }]);
  return { is: 'done', offered };
}
