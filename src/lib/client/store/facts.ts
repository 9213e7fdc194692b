/**
 * What the device knows beside an application when it judges for itself: items, calendar, policy, staff, site. The office
 * judges again with its own facts. Without a release there is no calendar, so due days stay empty (日历未更新).
 */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Facts } from '#lib/domain/facts.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import { DEFAULT_POLICY } from '#lib/domain/policy.ts';
import type { Actor } from '#lib/domain/roles.ts';
import type { Rules } from '#lib/catalogue/release.ts';
import {
  listCarriedFrom,
  listStaff,
  readDevice,
  readTiles,
  type CarriedFrom,
  type DeviceRecord,
} from './device.ts';
import type { FactsFor } from './fold.ts';
import type { Store } from './open-database.ts';
import { readRules, readSlot } from './releases.ts';
import { read } from './write.ts';

export interface FactsSource {
  device: DeviceRecord | null;
  rules: Rules | null;
  /** Address of the active release; '' before the first. */
  release: string;
  actors: ReadonlyMap<string, Actor>;
  /** Devices whose commands were carried here. */
  carried: ReadonlyMap<string, CarriedFrom>;
  /** Hashes of the active release. */
  offered: ReadonlySet<string>;
  /** Items that were asked for and are here. */
  items: ReadonlyMap<string, Item>;
}

const NO_CALENDAR: Calendar = { validFrom: '9999-12-31', validThrough: '0001-01-01', off: [], work: [] };

/** Reads what judging needs; `itemHashes`: versions that may be judged against. */
export async function readFactsSource(store: Store, itemHashes: Iterable<string>): Promise<FactsSource> {
  const hashes = [...new Set(itemHashes)];
  const [device, rules, slot, staff, tiles, carried, rows] = await Promise.all([
    readDevice(store),
    readRules(store),
    readSlot(store, 'active'),
    listStaff(store),
    readTiles(store),
    listCarriedFrom(store),
    read(store, () => store.db.items.bulkGet(hashes)),
  ]);
  const people = [...carried.flatMap((from) => from.people), ...tiles, ...staff];
  const known = people.map(({ id, name, roles }): [string, Actor] => [id, { id, name, roles }]);
  return {
    device,
    rules,
    release: slot?.address ?? '',
    actors: new Map(known),
    carried: new Map(carried.map((from) => [from.device, from])),
    offered: new Set(Object.values(slot?.hashes ?? {})),
    items: new Map(rows.flatMap((row) => (row ? [[row.hash, row.item] as const] : []))),
  };
}

/** Facts for judging as `actor` at `now`. An actor that this device does not know has no role. */
export function factsOf(source: FactsSource, actorId: string, now: Instant, itemRef: ItemRef | null): Facts {
  const { device, rules, actors, offered, items } = source;
  const item = (itemRef && items.get(itemRef.hash)) ?? null;
  return {
    now,
    actor: actors.get(actorId) ?? { id: actorId, name: actorId, roles: [] },
    item,
    itemRef,
    itemStanding: itemRef && offered.has(itemRef.hash) ? 'current' : 'superseded',
    calendar: rules?.calendar ?? NO_CALENDAR,
    policy: rules?.policy ?? DEFAULT_POLICY,
    site: { id: device?.site.id ?? '', code: device?.site.code ?? '', device: device?.number ?? '' },
    lastContact: null,
    similar: 0,
    caseNumber: null,
  };
}

/** Facts of a command on a state, for the fold: of the device that made it. */
export const factsFrom =
  (source: FactsSource): FactsFor =>
  (command, state) => {
    const facts = factsOf(source, command.actor, command.at, command.item ?? state?.item ?? null);
    const from = source.carried.get(command.device);
    return from ? { ...facts, site: { ...from.site, device: from.number } } : facts;
  };
