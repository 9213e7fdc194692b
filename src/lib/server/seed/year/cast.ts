/** Makes the story of a casting: item, people, form, and what is done with it. */
import { v7 } from 'uuid';
import { isVillageOnly } from '#lib/domain/clocks.ts';
import type { Day } from '#lib/domain/day.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import type { Chance } from '../chance.ts';
import { slotsOf, type Casting } from './casting.ts';
import type { Computer } from './computer.ts';
import { callAt, dayOf, MOMENTS } from './days.ts';
import { demandOf } from './demand.ts';
import type { Ground } from './ground.ts';
import type { Picture } from '../pictures/draw.ts';
import { receivedBody, type Received } from './received.ts';
import { stepsOf, type Step, type Way } from './story.ts';
import type { Villagers } from './villagers.ts';

export interface Life {
  id: string;
  casting: Casting;
  item: Item;
  ref: ItemRef;
  steps: Step[];
  pictures: Picture[];
  received: Received;
  luck: Chance;
  /** Revision that its people know. */
  rev: number;
  /** Refused once: nothing follows. */
  over: boolean;
}

export interface Stage {
  ground: Ground;
  days: readonly Day[];
  villagers: Villagers;
  luck: Chance;
  computerAt: (site: string) => Computer;
  /** Pictures of a material for a site; none from a time when nobody took any. */
  picturesFor: (casting: Casting, material: string, luck: Chance) => Picture[];
  named: Map<string, Life>;
}

/** Most go the ordinary way; an 即办件 nearly always does. */
const OF_PROMISED: readonly (readonly [Way, number])[] = [
  ['plain', 63],
  ['correction', 11],
  ['secondCorrection', 2],
  ['lapse', 2],
  ['refuse', 2.5],
  ['withdraw', 2.5],
  ['void', 1],
  ['forward', 1.5],
  ['suspend', 3],
  ['extend', 2],
  ['declined', 3],
  ['lateAcceptance', 2],
  ['latePromise', 3.5],
  ['lateDelivery', 1],
];
const AT_ONCE: readonly (readonly [Way, number])[] = [
  ['plain', 94],
  ['correction', 3],
  ['withdraw', 1],
  ['void', 1],
  ['refuse', 0.6],
  ['lapse', 0.4],
];
const IN_VILLAGE: readonly (readonly [Way, number])[] = [
  ['plain', 98],
  ['void', 2],
];

const waysOf = (item: Item): readonly (readonly [Way, number])[] =>
  isVillageOnly(item) ? IN_VILLAGE : item.handling === '即办件' ? AT_ONCE : OF_PROMISED;

const needsDefect = (way: Way): boolean =>
  way === 'correction' || way === 'secondCorrection' || way === 'lapse';

/** What is offered there and fits, by how everyday it is that day. */
function itemFor({ ground, named }: Stage, { place, fits, again }: Casting, day: Day, luck: Chance) {
  const earlier = again === undefined ? undefined : named.get(again);
  if (earlier) return { item: earlier.item, ref: earlier.ref };
  const fitting = ground.items[place.level].filter(({ item }) => fits?.(item) ?? true);
  // what is shown should be what everybody knows
  const sharpness = fits ? 1.7 : 1;
  return luck.weighted(fitting.map((one) => [one, demandOf(one.item, day) ** sharpness] as const));
}

/** In the order in which they are received: computers number their receipts. */
export function castLife(stage: Stage, casting: Casting): Life {
  const { days, villagers, computerAt, named } = stage;
  const { township, place, moment, by } = casting;
  const luck = stage.luck.apart();
  const today = dayOf(days, moment);
  const day = casting.early === undefined ? today : dayOf(days, moment - casting.early * MOMENTS);
  const { item, ref } = itemFor(stage, casting, day, luck);
  const way = casting.way ?? luck.weighted(waysOf(item));
  const computer = computerAt(place.id);
  const at = callAt(days, moment, by === 'agent' ? 'station' : 'counter', 0);
  const id = v7({ msecs: Date.parse(at) - luck.whole(60_000, 1_800_000), random: luck.bytes(16) });
  // nothing is brought later to what is settled at once
  const ordinary = way === 'plain' && item.handling === '承诺件';
  const lackable = item.materials.filter(({ required }) => required).slice(1);
  const earlier = casting.again === undefined ? undefined : named.get(casting.again);
  const pictures: Picture[] = [];
  const received = receivedBody({
    id,
    item,
    ref,
    home: by === 'agent' ? place : luck.pick([place, ...township.stations]),
    site: place.id,
    day,
    at,
    receiptNumber: computer.nextReceiptNumber(day),
    villagers,
    luck,
    wish: {
      ...(needsDefect(way) && lackable.length > 0 && luck.happens(0.5)
        ? { missing: luck.pick(lackable).code }
        : {}),
      tolerated: casting.tolerance ? 1 : ordinary && luck.happens(0.1) ? 0.7 : 0,
      ...(earlier ? { again: { earlier: earlier.received, reason: '上次漏报了一个月，本人要求补报' } } : {}),
    },
    photosFor: (material) => {
      const own = stage.picturesFor(casting, material, luck);
      pictures.push(...own);
      return own.map(({ sha256, size }) => ({ sha256, size, type: 'jpeg' as const }));
    },
  });
  const steps = stepsOf({
    item,
    received,
    by,
    moment,
    way,
    slots: slotsOf(township, item),
    luck,
    prompt: casting.prompt,
  });
  const { upTo } = casting;
  const end = upTo === undefined ? -1 : steps.findIndex(({ kind }) => kind === upTo);
  const life: Life = {
    id,
    casting,
    item,
    ref,
    steps: end < 0 ? steps : steps.slice(0, end + 1),
    pictures,
    received,
    luck,
    rev: 0,
    over: false,
  };
  if (casting.name !== undefined) named.set(casting.name, life);
  return life;
}
