/**
 * The training county (练习县) of a county: for every township a centre and a station with the same name and （练习） before
 * it, under ids that begin with L and codes that begin with 99, which no province has. It is a tenant of its own, with
 * keys, releases, people and feeds of its own: what keeps counties apart keeps practice from real work.
 */
import { TRAINING_PREFIX, childPath, parentPath } from '#lib/domain/site.ts';
import type { SiteRow } from '../city-sites.ts';
import type { Person } from '../staff-row.ts';
import type { Role } from '#lib/domain/roles.ts';

/** 410526102000 → 990526102000 */
export const trainingCode = (code: string): string => `99${code.slice(2)}`;
export const trainingId = (code: string): string => `${TRAINING_PREFIX}${trainingCode(code)}`;
/** Of the station in a township: no village has a number that high. */
export const stationCode = (township: string): string => `${trainingCode(township).slice(0, 9)}900`;

const PRACTICE = '（练习）';

/** What is known of a real county or township. */
export interface RealSite {
  code: string;
  name: string;
  full_name: string;
  level: SiteRow['level'];
  phone: string | null;
  supervision_phone: string | null;
}

/** The county first, beside the real one, then each township's centre and station. */
export function trainingSites(
  county: RealSite & { path: string; parent: string | null },
  townships: readonly RealSite[],
): SiteRow[] {
  const countyId = trainingId(county.code);
  const countyPath = childPath(parentPath(county.path) ?? '', countyId);
  const rows: SiteRow[] = [
    {
      id: countyId,
      code: trainingCode(county.code),
      name: `${PRACTICE}${county.name}`,
      full_name: `${PRACTICE}${county.full_name}`,
      level: 'county',
      county: countyId,
      township: null,
      path: countyPath,
      parent: county.parent,
    },
  ];
  for (const { code, name, full_name, level, phone, supervision_phone } of townships) {
    const id = trainingId(code);
    const path = childPath(countyPath, id);
    const station = stationCode(code);
    const stationId = `${TRAINING_PREFIX}${station}`;
    const sign = `${PRACTICE}${full_name}练习站`;
    const of = { county: countyId, township: id };
    rows.push(
      {
        id,
        code: trainingCode(code),
        name: `${PRACTICE}${name}`,
        full_name: `${PRACTICE}${full_name}`,
        level,
        path,
        parent: countyId,
        phone,
        supervision_phone,
        ...of,
      },
      {
        id: stationId,
        code: station,
        name: sign,
        full_name: sign,
        level: level === 'subdistrict' ? 'community' : 'village',
        path: childPath(path, stationId),
        parent: id,
        ...of,
      },
    );
  }
  return rows;
}

const AT_STATION: readonly (readonly [string, Role])[] = [
  ['练习代办员', 'agent'],
  ['练习窗口人员', 'clerk'],
  ['练习审查人员', 'reviewer'],
  ['练习负责人', 'head'],
];

/**
 * Who practises: at each station both sides, one after the other on one computer; at each centre the township's side, for
 * two computers; and who gives out enrolment codes.
 */
export function trainingPeople(sites: readonly SiteRow[], login: string): Person[] {
  return sites.flatMap((site): Person[] => {
    const place = { site: site.id, path: site.path, county: site.county ?? null, department: null };
    if (site.level === 'county')
      return [{ ...place, id: `P${site.id}-1`, name: '练习管理员', roles: ['admin'], login }];
    const atStation = site.level === 'village' || site.level === 'community';
    return AT_STATION.filter(([, role]) => atStation || role !== 'agent').map(([name, role], at) => ({
      ...place,
      id: `P${site.id}-${at + 1}`,
      name,
      roles: [role],
      login: null,
    }));
  });
}
