/** The year's calls in the order of the clock: what each computer hands in at a moment, and what villagers say afterwards. */
import type { Day, Instant } from '#lib/domain/day.ts';
import type { Life } from './cast.ts';
import { callAt, dayOf, minutesLater } from './days.ts';
import type { Step } from './story.ts';

export interface Done {
  life: Life;
  step: Step;
}

export interface Call {
  at: Instant;
  /** Site of the computer; null: villagers, who need none. */
  site: string | null;
  /** Step by step; of one application in its order. Empty: it only calls. */
  done: Done[];
}

/** FNV-1a as a share: the same computer is as late on the same day in every run. */
function share(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return hash / 4_294_967_296;
}

/** Minutes after a township's call at which villagers rate. */
const RATED_AFTER = 4;

export function callsOf(lives: readonly Life[], days: readonly Day[], now: Instant): Call[] {
  const calls = new Map<string, Call>();
  const callFor = (
    moment: number,
    site: string | null,
    where: 'station' | 'counter',
    spreadBy: string,
  ): Call => {
    const key = `${moment} ${site ?? 'villagers'}`;
    const known = calls.get(key);
    if (known) return known;
    const at = callAt(days, moment, where, share(`${spreadBy} ${dayOf(days, moment)}`));
    const call: Call = { at: site === null ? minutesLater(at, RATED_AFTER) : at, site, done: [] };
    calls.set(key, call);
    return call;
  };
  for (const life of lives) {
    const { place, township, moment, early } = life.casting;
    // an early receipt is seen by what the computer called between
    if (early !== undefined) callFor(moment - 4, place.id, 'station', place.id);
    for (const step of life.steps) {
      const [site, where] =
        step.doer === 'villager'
          ? [null, 'counter' as const]
          : step.doer === 'agent'
            ? [place.id, 'station' as const]
            : [township.counter.id, 'counter' as const];
      callFor(step.moment, site, where, site ?? 'villagers').done.push({ life, step });
    }
  }
  return [...calls.values()]
    .filter(({ at }) => at < now)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : (a.site ?? '') < (b.site ?? '') ? -1 : 1));
}
