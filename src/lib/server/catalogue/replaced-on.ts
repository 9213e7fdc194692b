/**
 * When a site's newer release came to it (换版日): from that day the grace (宽限期) of what it replaced is counted. A release
 * reaches a site when its ring does, not when it is published; one that never reached it replaced nothing there.
 */
import { chineseDay, type Day, type Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import type { Trx } from '../db/dialect.ts';
import type { ReleaseSite } from './current-release.ts';

/**
 * Day of the first release after number `last` that reached the site, up to `newest`, which its device has or is offered.
 * null: there is none.
 */
export async function replacedOn(
  trx: Trx,
  site: ReleaseSite & { level: Level },
  { last, newest }: { last: number; newest: number },
): Promise<Day | null> {
  const releases = await trx
    .selectFrom('release')
    .select(['number', 'published_at', 'plan'])
    .where('county', '=', site.county)
    .where('level', '=', site.level)
    .where('number', '>', last)
    .where('number', '<=', newest)
    .orderBy('number')
    .execute();
  for (const { number, published_at: at, plan } of releases) {
    const came = plan === null ? at : await reachedAt(trx, plan, site);
    if (came !== null) return chineseDay(came);
    // it has that one although no ring of it is the site's: it moved here with it, or took it when another was taken back
    if (number === newest) return chineseDay(at);
  }
  return null;
}

/** When the first ring with the site in it was reached; null where none has it. */
async function reachedAt(trx: Trx, plan: string, site: ReleaseSite): Promise<Instant | null> {
  const rings = await trx
    .selectFrom('release_reach')
    .select(['kind', 'scope'])
    .where('plan', '=', plan)
    .where('scope', 'in', [site.id, site.township, site.county])
    .execute();
  const steps = await trx
    .selectFrom('release_step')
    .select(['what', 'at'])
    .where('plan', '=', plan)
    .where('what', 'in', ['pilot', 'township', 'all'])
    .orderBy('n')
    .execute();
  const came = rings.flatMap(({ kind, scope }) => {
    if (kind === 'site' && scope !== site.id) return [];
    const ring = kind === 'site' ? 'pilot' : scope === site.county ? 'all' : 'township';
    // what takes another back has that one's rings from its own first step on
    return (steps.find(({ what }) => what === ring) ?? steps[0])?.at ?? [];
  });
  return came.sort()[0] ?? null;
}
