/** How many of a county's running applications (在办的件) other rules would move: asked before they are written or released. */
import type { ReleaseChanges } from '#lib/catalogue/release-changes.ts';
import { countMoved, NONE_MOVED, type MovedDeadlines } from '#lib/domain/moved-deadlines.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import { chineseDay } from '#lib/domain/day.ts';
import type { Policy } from '#lib/domain/policy.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Office } from '../office.ts';

interface Rules {
  calendar: Calendar;
  policy: Policy;
}

/** What a release would move once it has reached all; null where it changes neither calendar nor policies, or nothing was before. */
export const movedBy = async (
  office: Pick<Office, 'store' | 'rulebook' | 'clock'>,
  county: string,
  { offering, next, changes }: { offering: Rules | null; next: Rules; changes: ReleaseChanges },
): Promise<MovedDeadlines | null> =>
  offering && changes.policy.length + changes.calendar.length > 0
    ? movedDeadlines(office, county, { old: offering, next })
    : null;

/** In slices, so that nobody's request waits for all of them. */
const AT_ONCE = 200;

export async function movedDeadlines(
  { store, rulebook, clock }: Pick<Office, 'store' | 'rulebook' | 'clock'>,
  county: string,
  { old, next }: { old: Rules; next: Rules },
): Promise<MovedDeadlines> {
  const today = chineseDay(clock.now());
  let sum = NONE_MOVED;
  for (let after = ''; ;) {
    const from = after;
    const { rows, moved } = await store.read(async (trx) => {
      const found = await trx
        .selectFrom('application')
        .select(['id', 'item_hash', 'state_json'])
        .where('county', '=', county)
        .where('closed_on', 'is', null)
        .where('id', '>', from)
        .orderBy('id')
        .limit(AT_ONCE)
        .execute();
      let counted = sum;
      for (const { item_hash, state_json } of found) {
        const item = await rulebook.item(trx, item_hash);
        const app = JSON.parse(state_json) as Application;
        if (item)
          counted = countMoved(counted, app, { old: { ...old, item }, next: { ...next, item }, today });
      }
      return { rows: found, moved: counted };
    });
    sum = moved;
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) return sum;
    after = last.id;
  }
}
