/**
 * Whether a device may still receive on versions of items (事项版本). Never refused for its age where the version was in the
 * newest release that the device had been offered; after that, through the grace (宽限期) that the county gives. Both are
 * flagged, because the township should know that the form is an older one.
 */
import { dueWorkingDays } from '#lib/domain/calendar.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Level } from '#lib/domain/item.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { releaseForSite, type ReleaseSite } from '../catalogue/current-release.ts';
import { replacedOn } from '../catalogue/replaced-on.ts';
import type { Trx } from '../db/dialect.ts';
import { isIn, listOf, prepared } from '../db/prepared.ts';
import type { CountyRules } from './rulebook.ts';

export type ItemStanding = Pick<Facts, 'itemStanding' | 'itemUntil'>;

/** Of a version that was never published for that county and level. */
export const UNKNOWN_VERSION: ItemStanding = { itemStanding: 'expired' };

const spansOf = prepared((trx, county: string, level: string, hashes: string) =>
  trx
    .selectFrom('item_release')
    .select(['hash', 'last_release'])
    .where('county', '=', county)
    .where('level', '=', level as Level)
    .where(isIn(trx, 'hash', hashes)),
);

/**
 * By hash; one that is missing was never published there. `offered`: number of the newest release that the device had before
 * it made what it sends; null when it never reported one.
 */
export async function itemStandings(
  trx: Trx,
  { site, offered, rules }: { site: ReleaseSite; offered: number | null; rules: CountyRules },
  hashes: readonly string[],
): Promise<Map<string, ItemStanding>> {
  const level = itemLevelOf(site.level);
  if (level === null || hashes.length === 0) return new Map();
  const spans = await spansOf(trx, site.county, level, listOf(hashes));
  const newest = (await releaseForSite(trx, site, offered))?.number ?? 0;
  const standings = new Map<string, ItemStanding>();
  for (const { hash, last_release: last } of spans) {
    if (last >= newest) standings.set(hash, { itemStanding: 'current' });
    else if (last >= (offered ?? 0)) standings.set(hash, { itemStanding: 'superseded' });
    else {
      const from = await replacedOn(trx, { ...site, level }, { last, newest });
      // beyond the calendar no last day is guessed, and nothing is refused for it
      const until = from && dueWorkingDays(rules.calendar, from, rules.policy.graceDays);
      standings.set(hash, { itemStanding: 'superseded', ...(until === null ? {} : { itemUntil: until }) });
    }
  }
  return standings;
}
