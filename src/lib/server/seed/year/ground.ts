/** What the demo year finds in the city: the county's counters and stations with their people, the items of each level. */
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Item, ItemRef, Level } from '#lib/domain/item.ts';
import type { Role } from '#lib/domain/roles.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { releaseAddress } from '../../catalogue/current-release.ts';
import { readCalendar } from '../../catalogue/rules.ts';
import type { Trx } from '../../db/dialect.ts';
import { siteId } from '../city-sites.ts';
import { DEMO_COUNTY } from '../demo-people.ts';

export interface Person {
  id: string;
  name: string;
  roles: Role[];
  department: string | null;
}

export interface Place {
  id: string;
  code: string;
  /** 白道口镇许村 */
  fullName: string;
  township: string;
  level: Level;
  people: Person[];
}

export interface Township {
  counter: Place;
  stations: Place[];
}

export interface Ground {
  county: string;
  /** Who gives computers out. */
  admin: string;
  townships: Township[];
  items: Record<Level, { item: Item; ref: ItemRef }[]>;
  /** Address of each level's list. */
  lists: Record<Level, string>;
  calendar: Calendar;
}

/** `codes`: of townships; all where it is left out. */
export async function readGround(trx: Trx, codes?: readonly string[]): Promise<Ground> {
  const county = siteId(DEMO_COUNTY);
  const places = await placesOf(trx, county);
  const counters = places.filter(
    ({ id, code, township }) => id === township && (codes?.includes(code) ?? true),
  );
  const townships = counters.map((counter) => ({
    counter,
    stations: places.filter(({ id, township }) => township === counter.id && id !== counter.id),
  }));
  const ofLevel = async <T>(read: (level: Level) => Promise<T>): Promise<Record<Level, T>> => ({
    township: await read('township'),
    subdistrict: await read('subdistrict'),
    village: await read('village'),
  });
  const { id: admin } = await trx
    .selectFrom('staff')
    .select('id')
    .where('site', '=', county)
    .orderBy('id')
    .executeTakeFirstOrThrow();
  return {
    county,
    admin,
    townships,
    items: await ofLevel((level) => itemsOf(trx, county, level)),
    lists: await ofLevel(async (level) => releaseAddress({ county, level, number: 1 })),
    calendar: await readCalendar(trx, county),
  };
}

/** Counters and stations where somebody works. */
async function placesOf(trx: Trx, county: string): Promise<Place[]> {
  const sites = await trx
    .selectFrom('site')
    .select(['id', 'code', 'full_name', 'township', 'level'])
    .where('county', '=', county)
    .orderBy('id')
    .execute();
  const staff = await trx
    .selectFrom('staff')
    .select(['id', 'site', 'name', 'roles', 'department'])
    .where('county', '=', county)
    .orderBy('id')
    .execute();
  const people = new Map<string, Person[]>();
  for (const { site, roles, ...person } of staff) {
    const all = people.get(site) ?? [];
    all.push({ ...person, roles: JSON.parse(roles) as Role[] });
    people.set(site, all);
  }
  return sites.flatMap(({ id, code, full_name: fullName, township, level: siteLevel }) => {
    const level = itemLevelOf(siteLevel);
    const own = people.get(id);
    if (level === null || township === null || own === undefined) return [];
    return [{ id, code, fullName, township, level, people: own }];
  });
}

async function itemsOf(trx: Trx, county: string, level: Level): Promise<Ground['items'][Level]> {
  const rows = await trx
    .selectFrom('item_release')
    .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
    .select(['item_version.code', 'item_version.hash', 'item_version.data'])
    .where('item_release.county', '=', county)
    .where('item_release.level', '=', level)
    .orderBy('item_version.code')
    .execute();
  return rows.map(({ code, hash, data }) => ({ item: JSON.parse(data) as Item, ref: { code, hash } }));
}
