/**
 * Writes what an office needs before its first day: counties, sites, calendar, keys, people, first releases. The demo
 * city and the real first run differ only in what they hand in. Invariant: all of it is there, or nothing.
 */
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { ItemSheet } from '#lib/catalogue/sheet.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Instant } from '#lib/domain/day.ts';
import { audit, type AuditLine } from '../audit.ts';
import { storeReleases, type PreparedRelease } from '../catalogue/publish.ts';
import { fillList } from '../county/working-list.ts';
import { COMMON_CALENDAR, saveCalendar } from '../catalogue/rules.ts';
import type { Trx } from '../db/dialect.ts';
import { inSlices } from '../db/in-slices.ts';
import type { ReleaseKeyTable } from '../db/schema.ts';
import type { SiteRow } from './city-sites.ts';
import type { StaffRow } from './staff-row.ts';

export interface Foundation {
  /** All sites of the counties, each after the one that manages it; the city may be there already. */
  sites: readonly SiteRow[];
  policy: CountyPolicy;
  /** null leaves the one in force. */
  calendar: Calendar | null;
  keys: readonly ReleaseKeyTable[];
  staff: readonly StaffRow[];
  releases: readonly PreparedRelease[];
  /** What the counties' working lists begin with. */
  lists: readonly { county: string; sheets: readonly ItemSheet[] }[];
  /** What the audit says about it. */
  line: AuditLine;
}

/** Inside one write. @throws when a county of it is there already. */
export async function layFoundation(trx: Trx, now: Instant, foundation: Foundation): Promise<void> {
  const { sites, policy, calendar, keys, staff, releases, lists, line } = foundation;
  await inSlices(sites, (slice) =>
    trx
      .insertInto('site')
      .values(slice)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute(),
  );
  const counties = sites.filter((site) => site.level === 'county');
  await trx
    .insertInto('county')
    .values(counties.map(({ id, code, name }) => ({ id, code, name, policy: JSON.stringify(policy) })))
    .execute();
  if (calendar) await saveCalendar(trx, COMMON_CALENDAR, calendar);
  await inSlices(keys, (slice) => trx.insertInto('release_key').values(slice).execute());
  await inSlices(staff, (slice) => trx.insertInto('staff').values(slice).execute());
  await storeReleases(trx, releases);
  await fillList(trx, lists, { by: 'office', now });
  await audit(trx, now, [line]);
}
