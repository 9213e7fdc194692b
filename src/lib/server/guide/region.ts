/**
 * A region's page of the public guide: what lies in it, what is handled there, and what was looked for. `null` where there
 * is no such place. A region is the city, a county, a township or subdistrict, or a station.
 */
import type { Level } from '#lib/domain/item.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { inAll, siteChoices, type Choices } from '../catalogue/site-choices.ts';
import type { Store } from '../db/store.ts';
import { entriesOf, groupsOf, isAsked, linesOf, type Groups, type Line, type Wanted } from './browse.ts';
import { newestOffers, shelvesOf, type Offer, type Shelf } from './offers.ts';
import {
  findCity,
  findPlace,
  listCounties,
  listStations,
  listTownships,
  placeById,
  type Area,
  type Place,
} from './places.ts';

interface Looked {
  wanted: Wanted;
  asked: boolean;
  /** Items of the region in all. */
  total: number;
  groups: Groups;
  /** What was asked for; everything of a township or station when nothing was. */
  lines: Line[];
}

export interface CityView extends Looked {
  city: Place;
  counties: (Area & { items: number })[];
}

export interface PlaceView extends Looked {
  place: Place;
  county: Place | null;
  township: Place | null;
  /** Of a county. */
  townships: Area[];
  /** Of a township or subdistrict. */
  stations: Place[];
  /** Found, and not handled at this place itself: at the township's counter, or at the stations of a township. */
  elsewhere: Line[];
}

function look(shelves: readonly Shelf[], wanted: Wanted, always: boolean): Looked {
  const entries = entriesOf(shelves);
  const asked = isAsked(wanted);
  return {
    wanted,
    asked,
    total: entries.length,
    groups: groupsOf(entries),
    lines: asked || always ? linesOf(shelves, wanted) : [],
  };
}

/** The city with its counties; null in an office that was never set up. */
export async function viewCity(store: Store, wanted: Wanted): Promise<CityView | null> {
  const { city, counties, offers } = await store.read(async (trx) => ({
    city: await findCity(trx),
    counties: await listCounties(trx),
    offers: await newestOffers(trx),
  }));
  if (!city) return null;
  const shelves = await shelvesOf(store, offers);
  const itemsOf = (county: string): number =>
    entriesOf(shelves.filter((_, at) => offers[at]?.county === county)).length;
  return {
    ...look(shelves, wanted, false),
    city,
    counties: counties.map((county) => ({ ...county, items: itemsOf(county.id) })),
  };
}

/** A county, township or station by its code; null for what is none of them. */
export async function viewPlace(store: Store, code: string, wanted: Wanted): Promise<PlaceView | null> {
  const ground = await store.read(async (trx) => {
    const place = await findPlace(trx, code);
    if (!place?.county) return null;
    const isCounty = place.level === 'county';
    const isTownship = place.id === place.township;
    return {
      place,
      county: isCounty ? null : await placeById(trx, place.county),
      township: isCounty || isTownship ? null : await placeById(trx, place.township),
      townships: isCounty ? await listTownships(trx, place.county) : [],
      stations: isTownship ? await listStations(trx, place.id) : [],
      offers: await newestOffers(trx, place.county),
      choices: await siteChoices(trx, place.county),
    };
  });
  if (!ground) return null;
  const { offers, choices, ...rest } = ground;
  const { own, other } = sides(offers, choices, rest);
  const looked = look(await shelvesOf(store, own), wanted, rest.place.level !== 'county');
  const here = new Set(looked.lines.map(({ entry }) => entry.code));
  const elsewhere = looked.asked ? linesOf(await shelvesOf(store, other), wanted) : [];
  return { ...rest, ...looked, elsewhere: elsewhere.filter(({ entry }) => !here.has(entry.code)) };
}

/**
 * What a place itself offers, and what its township or its stations do; each without what it leaves out. All of a county is
 * its own.
 */
function sides(
  offers: readonly Offer[],
  choices: Choices,
  { place, township, stations }: Pick<PlaceView, 'place' | 'township' | 'stations'>,
): { own: Offer[]; other: Offer[] } {
  const level = itemLevelOf(place.level);
  if (level === null) return { own: [...offers], other: [] };
  const of = (wanted: Level, leftOut: ReadonlySet<string>): Offer[] =>
    offers.filter((offer) => offer.level === wanted).map((offer) => ({ ...offer, leftOut }));
  const own = of(level, choices.leftOutAt(place.id));
  if (!township) {
    const left = inAll(stations.map(({ id }) => choices.leftOutAt(id)));
    return { own, other: stations.length > 0 ? of('village', left) : [] };
  }
  const beside = itemLevelOf(township.level);
  return { own, other: beside ? of(beside, choices.leftOutAt(township.id)) : [] };
}
