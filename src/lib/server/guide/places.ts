/**
 * Places of the public guide (办事指南): the city, its counties, their townships and stations, by their 12-digit codes as
 * people and addresses know them. Invariants: practice sites and sites that were closed do not exist here; what a site's
 * row does not know is null, and nothing is made up in its place.
 */
import { TRAINING_PREFIX, itemLevelOf, type SiteLevel } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';

export interface Place {
  id: string;
  code: string;
  /** 白道口镇, 白道口镇许村 */
  name: string;
  /** Over the door: 白道口镇便民服务中心. */
  sign: string;
  level: SiteLevel;
  /** Not open for now. */
  paused: boolean;
  county: string | null;
  township: string | null;
  address: string | null;
  phone: string | null;
  supervision: string | null;
}

/** A county, or a township of one, with what lies in it. */
export interface Area extends Place {
  townships: number;
  stations: number;
}

const isCode = (code: string): boolean => /^\d{12}$/.test(code);

const places = (trx: Trx) =>
  trx
    .selectFrom('site')
    .select(['id', 'code', 'full_name', 'name', 'level', 'status'])
    .select(['county', 'township', 'address', 'phone', 'supervision_phone'])
    .where('id', 'not like', `${TRAINING_PREFIX}%`)
    .where('status', '!=', 'closed')
    .orderBy('code');

type Row = Awaited<ReturnType<ReturnType<typeof places>['execute']>>[number];

const placeOf = ({ full_name, name, status, supervision_phone, ...row }: Row): Place => ({
  ...row,
  name: full_name,
  sign: name,
  paused: status === 'paused',
  supervision: supervision_phone,
});

/** The place of a code; null where there is none. */
export async function findPlace(trx: Trx, code: string): Promise<Place | null> {
  if (!isCode(code)) return null;
  const row = await places(trx).where('code', '=', code).executeTakeFirst();
  return row ? placeOf(row) : null;
}

/** The city; null in an office that was never set up. */
export async function findCity(trx: Trx): Promise<Place | null> {
  const row = await places(trx).where('level', '=', 'city').executeTakeFirst();
  return row ? placeOf(row) : null;
}

/** The place of an id. */
export async function placeById(trx: Trx, id: string | null): Promise<Place | null> {
  if (id === null) return null;
  const row = await places(trx).where('id', '=', id).executeTakeFirst();
  return row ? placeOf(row) : null;
}

/** Counties that are in this office, with their townships and stations counted. */
export async function listCounties(trx: Trx): Promise<Area[]> {
  const counties = await places(trx)
    .where('level', '=', 'county')
    .where('id', 'in', trx.selectFrom('county').select('id'))
    .execute();
  const counts = await trx
    .selectFrom('site')
    .select(['county', 'level'])
    .select(({ fn }) => fn.countAll().as('sites'))
    .where('status', '!=', 'closed')
    .groupBy(['county', 'level'])
    .execute();
  return counties.map((row) => {
    const of = (level: 'township' | 'village') =>
      counts
        .filter(
          (count) =>
            count.county === row.id && (itemLevelOf(count.level) === 'village') === (level === 'village'),
        )
        .filter((count) => itemLevelOf(count.level) !== null)
        .reduce((sum, count) => sum + Number(count.sites), 0);
    return { ...placeOf(row), townships: of('township'), stations: of('village') };
  });
}

/** Townships and subdistricts of a county, with their stations counted: all, or those that are meant. */
export async function listTownships(
  trx: Trx,
  county: string,
  isMeant: (station: string) => boolean = () => true,
): Promise<Area[]> {
  const townships = await places(trx)
    .where('county', '=', county)
    .where('level', 'in', ['township', 'subdistrict'])
    .execute();
  const rows = await trx
    .selectFrom('site')
    .select(['id', 'township'])
    .where('county', '=', county)
    .where('level', 'in', ['village', 'community'])
    .where('status', '!=', 'closed')
    .execute();
  const stations = new Map<string | null, number>();
  for (const { id, township } of rows)
    if (isMeant(id)) stations.set(township, (stations.get(township) ?? 0) + 1);
  return townships.map((row) => ({ ...placeOf(row), townships: 1, stations: stations.get(row.id) ?? 0 }));
}

/** Stations of a township or subdistrict, in the order of their codes. */
export async function listStations(trx: Trx, township: string): Promise<Place[]> {
  const rows = await places(trx)
    .where('township', '=', township)
    .where('level', 'in', ['village', 'community'])
    .execute();
  return rows.map(placeOf);
}
