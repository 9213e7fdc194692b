/** The people of a county as its administrator looks for them. No identity data: names, sites, roles. */
import type { Instant } from '#lib/domain/day.ts';
import type { Role } from '#lib/domain/roles.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';
import { findRows } from './find-rows.ts';

export interface CountyPerson {
  id: string;
  name: string;
  roles: Role[];
  department: string;
  login: string;
  status: 'active' | 'disabled';
  /** Has set a passphrase. */
  ready: boolean;
  createdAt: Instant;
  site: { id: string; code: string; fullName: string; level: SiteLevel };
}

const SHOWN = 50;

async function rows(trx: Trx, county: string): Promise<CountyPerson[]> {
  const found = await trx
    .selectFrom('staff')
    .innerJoin('site', 'site.id', 'staff.site')
    .select(['staff.id', 'staff.name', 'staff.roles', 'staff.department', 'staff.login', 'staff.status'])
    .select(['staff.proof_hash', 'staff.created_at'])
    .select(['site.id as siteId', 'site.code', 'site.full_name', 'site.level'])
    .where('staff.county', '=', county)
    .orderBy('site.code')
    .orderBy('staff.id')
    .execute();
  return found.map((row) => ({
    id: row.id,
    name: row.name,
    roles: JSON.parse(row.roles) as Role[],
    department: row.department ?? '',
    login: row.login ?? '',
    status: row.status,
    ready: row.proof_hash !== null,
    createdAt: row.created_at,
    site: { id: row.siteId, code: row.code, fullName: row.full_name, level: row.level },
  }));
}

/** People whose name, site or department has every word of the query; all without one. The first fifty, and how many. */
export async function searchStaff(
  trx: Trx,
  county: string,
  query: string,
): Promise<{ people: CountyPerson[]; total: number }> {
  const found = findRows(
    await rows(trx, county),
    query,
    ({ name, site, department, login }) => `${name} ${site.fullName} ${site.code} ${department} ${login}`,
  );
  return { people: found.slice(0, SHOWN), total: found.length };
}

/** null for anybody else's, as if they did not exist. */
export async function findPerson(trx: Trx, county: string, id: string): Promise<CountyPerson | null> {
  return (await rows(trx, county)).find((one) => one.id === id) ?? null;
}
