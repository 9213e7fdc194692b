/**
 * The guide of one item in a region: the version of the county's newest release for the level that handles it, and where
 * one can go. `null` where the region does not exist or nobody in it handles the item.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { Item, Level } from '#lib/domain/item.ts';
import { guidePaper } from '#lib/domain/papers/guide.ts';
import { officeOf } from '#lib/domain/papers/office.ts';
import type { Paper } from '#lib/domain/papers/paper.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { readPolicy } from '../catalogue/rules.ts';
import { siteChoices } from '../catalogue/site-choices.ts';
import type { Trx } from '../db/dialect.ts';
import type { Store } from '../db/store.ts';
import { offeredItems, type OfferedItem } from './offers.ts';
import {
  findPlace,
  listCounties,
  listStations,
  listTownships,
  placeById,
  type Area,
  type Place,
} from './places.ts';

export interface ItemView {
  item: Item;
  hash: string;
  /** Level of the release that the guide is from. */
  level: Level;
  number: number;
  publishedAt: Instant;
  /** Working days to hand in what may come later (容缺). */
  toleranceDays: number;
  /** What the address names. */
  region: Place;
  county: Place;
  township: Place | null;
  /** Who handles it for this region; null for a county, and where only stations do. */
  at: Place | null;
  /** Townships of a county that handle it themselves or in their stations. */
  areas: (Area & { centre: boolean })[];
  /** Counter and stations of a township that handle it. */
  sites: Place[];
}

export async function viewItem(store: Store, region: string, code: string): Promise<ItemView | null> {
  return store.read(async (trx) => {
    const place = await findPlace(trx, region);
    if (!place?.county) return null;
    const county = await placeById(trx, place.county);
    const offered = await offeredItems(trx, code, place.county);
    if (!county || offered.length === 0) return null;
    const { toleranceDays } = await readPolicy(trx, place.county);
    const choices = await siteChoices(trx, place.county);
    const handles = (site: string): boolean => !choices.leftOutAt(site).has(code);
    const where =
      place.level === 'county'
        ? await ofCounty(trx, offered, handles)
        : await ofTownship(trx, place, offered, handles);
    if (!where) return null;
    const { guide, ...rest } = where;
    return { ...rest, ...guide, county, region: place, toleranceDays };
  });
}

type Where = Pick<ItemView, 'township' | 'at' | 'areas' | 'sites'> & { guide: Omit<OfferedItem, 'county'> };

/** Whether a site handles the item, as far as its own choice goes. */
type Handles = (site: string) => boolean;

async function ofCounty(trx: Trx, offered: readonly OfferedItem[], handles: Handles): Promise<Where | null> {
  const [first] = offered;
  if (!first) return null;
  const { county, ...guide } = first;
  const levels = new Set(offered.map(({ level }) => level));
  const areas = (await listTownships(trx, county, handles)).map((area) => ({
    ...area,
    centre: levels.has(itemLevelOf(area.level)!) && handles(area.id),
    stations: levels.has('village') ? area.stations : 0,
  }));
  const some = areas.filter((area) => area.centre || area.stations > 0);
  return { guide, township: null, at: null, areas: some, sites: [] };
}

/** The place itself first; what a station does not handle its township may, and the other way round. */
async function ofTownship(
  trx: Trx,
  place: Place,
  offered: readonly OfferedItem[],
  handles: Handles,
): Promise<Where | null> {
  const township = await placeById(trx, place.township);
  if (!township) return null;
  const atLevel = (level: Level | null) => offered.find((one) => one.level === level);
  const isTownship = township.id === place.id;
  const centre = handles(township.id) ? atLevel(itemLevelOf(township.level)) : undefined;
  const near = isTownship ? await listStations(trx, township.id) : [place];
  const station = atLevel('village');
  const stations = station ? near.filter(({ id }) => handles(id)) : [];
  const atStation = stations.length > 0 ? station : undefined;
  const guide = isTownship ? (centre ?? atStation) : (atStation ?? centre);
  if (!guide) return null;
  const sites = isTownship
    ? [...(centre ? [township] : []), ...stations]
    : [...stations, ...(centre ? [township] : [])];
  const at = isTownship && !centre ? null : (sites[0] ?? null);
  return { guide, township, at, areas: [], sites };
}

/** The one-time notice (一次性告知单) of a place that handles the item; null where that is not one place. */
export function noticeOf(view: ItemView, now: Instant): Paper | null {
  const { at, township, item, hash } = view;
  if (!at || !township) return null;
  const office = officeOf({
    site: { id: at.id, fullName: at.name, level: itemLevelOf(at.level) ?? at.level },
    contact: {
      organ: township.name,
      phone: at.phone ?? township.phone ?? '',
      supervision: at.supervision ?? township.supervision ?? '',
    },
  });
  return guidePaper({ item, version: hash, office, now });
}

export interface CityItemView {
  name: string;
  counties: { place: Area; item: Item; levels: Level[] }[];
}

/** Which counties handle an item; null for none. */
export async function viewCityItem(store: Store, code: string): Promise<CityItemView | null> {
  const { counties, offered } = await store.read(async (trx) => ({
    counties: await listCounties(trx),
    offered: await offeredItems(trx, code),
  }));
  const found = counties.flatMap((place) => {
    const own = offered.filter((one) => one.county === place.id);
    return own[0] ? [{ place, item: own[0].item, levels: own.map(({ level }) => level) }] : [];
  });
  return found[0] ? { name: found[0].item.name, counties: found } : null;
}
