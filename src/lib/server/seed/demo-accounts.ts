/** Who can sign in where in a demo database: for the demo's table and for journeys. */
import type { Role } from '#lib/domain/roles.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { Trx } from '../db/dialect.ts';

export interface DemoAccount {
  id: string;
  name: string;
  roles: Role[];
  department: string | null;
  /** Sign-in name at the county's pages; null for people who sign in on a device. */
  login: string | null;
  site: { id: string; code: string; name: string; fullName: string; level: SiteLevel };
}

export async function demoAccounts(trx: Trx): Promise<DemoAccount[]> {
  const rows = await trx
    .selectFrom('staff')
    .innerJoin('site', 'site.id', 'staff.site')
    .select(['staff.id', 'staff.name', 'staff.roles', 'staff.department', 'staff.login'])
    .select(['site.id as siteId', 'site.code', 'site.name as siteName', 'site.full_name', 'site.level'])
    .orderBy('staff.id')
    .execute();
  return rows.map(({ id, name, roles, department, login, ...site }) => ({
    id,
    name,
    roles: JSON.parse(roles) as Role[],
    department,
    login,
    site: {
      id: site.siteId,
      code: site.code,
      name: site.siteName,
      fullName: site.full_name,
      level: site.level,
    },
  }));
}
