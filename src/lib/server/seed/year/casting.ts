/**
 * Who comes where, when and for what in the demo year: more on Mondays and market days, less at harvest, most of it at the
 * two townships that people look at. Nothing here touches the office: a casting becomes a story (cast.ts).
 */
import type { SentKind } from '#lib/domain/commands.ts';
import { weekday, type Day } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import type { Chance } from '../chance.ts';
import { DEMO_TOWNSHIPS } from '../demo-people.ts';
import { isMarketDay, lunarDates, MOMENTS, MONTH_SHARE, WEEKDAY_SHARE } from './days.ts';
import type { Place, Township } from './ground.ts';
import type { Way } from './story.ts';

export interface Casting {
  township: Township;
  place: Place;
  by: 'agent' | 'clerk';
  moment: number;
  /** By what the item is like, if it is not left to chance. */
  way?: Way;
  fits?: (item: Item) => boolean;
  /** The last act that is done, the first time that it comes: the case stands there. */
  upTo?: SentKind;
  prompt?: boolean;
  /** Working days between the day on the paper and the day on which it is handed in. */
  early?: number;
  tolerance?: boolean;
  /** The same person comes for the same again, some days after the casting of that name. */
  name?: string;
  again?: string;
}

/** Of all applications; the other townships share the rest by their stations. */
const DEMO_SHARE = [0.2, 0.11];
/** Of a township with stations, so many come to the village. */
const AT_STATIONS = 0.62;
const ALL_SLOTS = [0, 1, 2, 3];

/** Moments of a day at which a township acts: the looked-at ones always, the others before they close or when it is urgent. */
export const slotsOf = ({ counter }: Township, item?: Item): readonly number[] => {
  const urgent = item?.handling === '承诺件' && item.promisedDays <= 4;
  return urgent || (DEMO_TOWNSHIPS as readonly string[]).includes(counter.code) ? ALL_SLOTS : [MOMENTS - 1];
};

function sharesOf(townships: readonly Township[]): [Township, number][] {
  const demo = (one: Township): number => (DEMO_TOWNSHIPS as readonly string[]).indexOf(one.counter.code);
  const size = ({ stations }: Township): number => stations.length + 3;
  const others = townships.filter((one) => demo(one) < 0);
  const all = others.reduce((sum, one) => sum + size(one), 0);
  const left = 1 - DEMO_SHARE.reduce((sum, share) => sum + share, 0);
  return townships.map((one) => {
    const at = demo(one);
    return [one, at < 0 ? (left * size(one)) / all : DEMO_SHARE[at]!];
  });
}

/** So many applications between two moments; in the order in which they are received. */
export function castYear(
  townships: readonly Township[],
  { days, from, to, count }: { days: readonly Day[]; from: number; to: number; count: number },
  luck: Chance,
): Casting[] {
  const castings: Casting[] = [];
  const lunar = lunarDates(days);
  const shares = sharesOf(townships);
  const whole = shares.reduce((sum, [, share]) => sum + share, 0);
  for (const [at, [township, share]] of shares.entries()) {
    const own = luck.apart();
    const weights: [number, number][] = [];
    for (let moment = from; moment <= to; moment++) {
      const n = Math.floor(moment / MOMENTS);
      const day = days[n]!;
      const market = isMarketDay(lunar[n]!, at % 5) ? 2.2 : 1;
      const ordinary = WEEKDAY_SHARE[weekday(day)]! * MONTH_SHARE[Number(day.slice(5, 7)) - 1]!;
      weights.push([moment, ordinary * market * (moment % MOMENTS < 2 ? 1.5 : 1)]);
    }
    // some villages are larger, and the one whose desk is shown is busy
    const stations = township.stations.map((place): [Place, number] => [
      place,
      place.code === '410526102213' ? 3 : own.whole(4, 16) / 10,
    ]);
    const wanted = Math.round((count * share) / whole);
    for (let n = 0; n < wanted; n++) {
      const moment = own.weighted(weights);
      const slots = slotsOf(township);
      if (stations.length > 0 && own.happens(AT_STATIONS))
        castings.push({ township, place: own.weighted(stations), by: 'agent', moment });
      else {
        let turn = moment;
        while (!slots.includes(turn % MOMENTS)) turn += 1;
        if (turn <= to) castings.push({ township, place: township.counter, by: 'clerk', moment: turn });
      }
    }
  }
  return castings.sort((a, b) => a.moment - b.moment);
}
