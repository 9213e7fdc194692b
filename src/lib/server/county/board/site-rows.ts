/**
 * One row a site of a county, for its board: what it offers, how its devices are, what is open and late there. A handful of
 * statements with aggregates, however many sites there are (decision 0026). Everything takes the county and sees no other;
 * nothing here names a person or an application.
 */
import { missingItems, type CountyPolicy } from '#lib/catalogue/policy.ts';
import { offeredCount } from '#lib/catalogue/site-choice.ts';
import { offerOf, silenceOf, type Offer, type Silence } from '#lib/domain/board.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import { itemLevelOf, type SiteLevel } from '#lib/domain/site.ts';
import { CLOSED_STATES, STATES } from '#lib/domain/state.ts';
import {
  addressNumber,
  numberInForce,
  numbersTakenBack,
  releasedCodes,
} from '../../catalogue/current-release.ts';
import { siteChoices } from '../../catalogue/site-choices.ts';
import type { Trx } from '../../db/dialect.ts';

export interface BoardSite {
  id: string;
  code: string;
  name: string;
  fullName: string;
  level: SiteLevel;
  itemLevel: Level;
  status: 'open' | 'paused';
  township: string;
  path: string;
  /** Own choice left out; null where nothing was published. */
  items: number | null;
  minimum: number;
  missing: number;
  offer: Offer;
  /** In use. */
  devices: number;
  lastContact: Instant | null;
  silence: Silence;
  /** Devices that hold the release in force, or a newer one that went to them first. */
  current: number;
  /** Devices that have told of themselves; of the others nothing of the next four is known. */
  reported: number;
  waiting: number;
  waitingSince: Instant | null;
  waitingPhotos: number;
  /** Of the device with the least; null: none has told. */
  roomMb: number | null;
  open: number;
  /** Open ones of which a clock has run out. */
  late: number;
}

export interface BoardRelease {
  level: Level;
  /** 0: none yet. */
  number: number;
}

const OPEN = STATES.filter((state) => !CLOSED_STATES.includes(state));

const placesOf = (trx: Trx, county: string) =>
  trx
    .selectFrom('site')
    .select(['id', 'code', 'name', 'full_name', 'level', 'status', 'township', 'path'])
    .where('county', '=', county)
    .where('status', '!=', 'closed')
    .where('township', 'is not', null)
    .orderBy('code')
    .execute();

/** By site and release: few rows more than sites. */
const devicesOf = (trx: Trx, county: string) =>
  trx
    .selectFrom('device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['device.site', 'device.release'])
    .select(({ fn }) => [
      fn.countAll().as('devices'),
      fn.count('device.reported_at').as('reported'),
      fn.max('device.last_contact').as('lastContact'),
      fn.sum('device.waiting').as('waiting'),
      fn.min('device.waiting_since').as('waitingSince'),
      fn.sum('device.waiting_photos').as('photos'),
      fn.min('device.room_mb').as('room'),
    ])
    .where('site.county', '=', county)
    .where('device.status', '=', 'active')
    .groupBy(['device.site', 'device.release'])
    .execute();

/** What was received at a site that was merged since counts where it went. */
const workOf = (trx: Trx, county: string) =>
  trx
    .selectFrom('application')
    .innerJoin('site', 'site.id', 'application.site')
    .select(({ fn, eb }) => [
      fn.coalesce('site.merged_into', 'site.id').as('site'),
      fn.countAll().as('open'),
      fn.sum(eb.case().when('late', '>', 0).then(1).else(0).end()).as('late'),
    ])
    .where('application.county', '=', county)
    .where('application.state', 'in', OPEN)
    .groupBy((eb) => eb.fn.coalesce('site.merged_into', 'site.id'))
    .execute();

/** What a level offers by the release in force. */
async function offersOf(trx: Trx, county: string): Promise<Map<Level, BoardRelease & { codes: string[] }>> {
  const offers = new Map<Level, BoardRelease & { codes: string[] }>();
  for (const level of ['township', 'subdistrict', 'village'] as const) {
    const number = await numberInForce(trx, county, level);
    offers.set(level, { level, number, codes: await releasedCodes(trx, { county, level, number }) });
  }
  return offers;
}

const earlier = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a < b ? a : b;
const later = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a > b ? a : b;
const least = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

type Held = Pick<
  BoardSite,
  'devices' | 'reported' | 'lastContact' | 'current' | 'waiting' | 'waitingSince' | 'waitingPhotos' | 'roomMb'
>;
const NOTHING: Held = {
  devices: 0,
  reported: 0,
  lastContact: null,
  current: 0,
  waiting: 0,
  waitingSince: null,
  waitingPhotos: 0,
  roomMb: null,
};

/** Adds up what the devices of a site tell, whichever release they hold. */
function heldBySite(
  rows: Awaited<ReturnType<typeof devicesOf>>,
  isCurrent: (site: string, release: string | null) => boolean,
): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const row of rows) {
    const before = held.get(row.site) ?? NOTHING;
    const devices = Number(row.devices);
    held.set(row.site, {
      devices: before.devices + devices,
      reported: before.reported + Number(row.reported),
      lastContact: later(before.lastContact, row.lastContact),
      current: before.current + (isCurrent(row.site, row.release) ? devices : 0),
      waiting: before.waiting + Number(row.waiting ?? 0),
      waitingSince: earlier(before.waitingSince, row.waitingSince),
      waitingPhotos: before.waitingPhotos + Number(row.photos ?? 0),
      roomMb: least(before.roomMb, row.room === null ? null : Number(row.room)),
    });
  }
  return held;
}

export async function boardSites(
  trx: Trx,
  { county, policy, now }: { county: string; policy: CountyPolicy; now: Instant },
): Promise<{ sites: BoardSite[]; releases: BoardRelease[] }> {
  const places = await placesOf(trx, county);
  const levels = new Map(places.map(({ id, level }) => [id, itemLevelOf(level)]));
  const offers = await offersOf(trx, county);
  const takenBack = await numbersTakenBack(trx, county);
  const choices = await siteChoices(trx, county);
  const isCurrent = (site: string, release: string | null): boolean => {
    const offer = offers.get(levels.get(site) ?? 'village');
    if (!offer || offer.number === 0) return false;
    const number = addressNumber(release, county, offer.level) ?? 0;
    return number >= offer.number && !takenBack.has(number);
  };
  const held = heldBySite(await devicesOf(trx, county), isCurrent);
  const work = new Map((await workOf(trx, county)).map((row) => [row.site, row]));
  const sites = places.flatMap(({ full_name, status, township, ...place }): BoardSite[] => {
    const itemLevel = itemLevelOf(place.level);
    if (itemLevel === null || status === 'closed' || township === null) return [];
    const offer = offers.get(itemLevel);
    const items = offer && offer.number > 0 ? offeredCount(offer.codes, choices.leftOutAt(place.id)) : null;
    const minimum = policy.minimumItems[itemLevel];
    const own = held.get(place.id) ?? NOTHING;
    const { open = 0, late = 0 } = work.get(place.id) ?? {};
    return [
      {
        ...place,
        ...own,
        fullName: full_name,
        itemLevel,
        status,
        township,
        items,
        minimum,
        missing: items === null ? minimum : missingItems(policy, itemLevel, items),
        offer: offerOf(items, minimum),
        silence: silenceOf(own, now),
        open: Number(open),
        late: Number(late),
      },
    ];
  });
  const used = new Set(sites.map((site) => site.itemLevel));
  const releases = [...offers.values()].filter(({ level }) => used.has(level));
  return { sites, releases: releases.map(({ level, number }) => ({ level, number })) };
}
