/** One site as its county keeps it: its facts, what was merged into it, what happened to it. */
import type { Instant } from '#lib/domain/day.ts';
import type { SiteLevel } from '#lib/domain/site.ts';
import type { AuditLine } from '../audit.ts';
import type { Trx } from '../db/dialect.ts';
import { openCount } from './keep-sites.ts';

export interface SitePage {
  id: string;
  code: string;
  name: string;
  fullName: string;
  level: SiteLevel;
  status: 'open' | 'paused' | 'closed';
  isStation: boolean;
  township: { id: string; fullName: string } | null;
  address: string;
  phone: string;
  supervisionPhone: string;
  hours: string;
  mergedInto: { id: string; fullName: string } | null;
  merged: { id: string; fullName: string; code: string }[];
  open: number;
  history: { at: Instant; what: AuditLine['what']; who: string; applications: number | null }[];
}

const LINES = [
  'siteAdded',
  'siteEdited',
  'sitePaused',
  'siteClosed',
  'siteReopened',
  'siteMerged',
  'siteTransferred',
  'choiceSet',
] as const;

async function historyOf(trx: Trx, id: string): Promise<SitePage['history']> {
  const rows = await trx
    .selectFrom('audit')
    .leftJoin('staff', 'staff.id', 'audit.who')
    .select(['audit.at', 'audit.what', 'audit.detail', 'staff.name'])
    .where('audit.what', 'in', LINES)
    .orderBy('audit.seq', 'desc')
    .execute();
  return rows.flatMap(({ at, what, detail, name }) => {
    const said = JSON.parse(detail) as { site?: string; into?: string; applications?: number };
    if (said.site !== id && said.into !== id) return [];
    return [
      { at, what: what as AuditLine['what'], who: name ?? '系统', applications: said.applications ?? null },
    ];
  });
}

/** null for any other county's site, as if it did not exist. */
export async function sitePage(trx: Trx, county: string, id: string): Promise<SitePage | null> {
  const site = await trx
    .selectFrom('site')
    .selectAll()
    .where('id', '=', id)
    .where('county', '=', county)
    .executeTakeFirst();
  if (!site) return null;
  const named = async (other: string | null) =>
    other === null || other === id
      ? null
      : ((await trx
          .selectFrom('site')
          .select(['id', 'full_name as fullName'])
          .where('id', '=', other)
          .executeTakeFirst()) ?? null);
  return {
    id,
    code: site.code,
    name: site.name,
    fullName: site.full_name,
    level: site.level,
    status: site.status,
    isStation: site.level === 'village' || site.level === 'community',
    township: await named(site.township),
    address: site.address ?? '',
    phone: site.phone ?? '',
    supervisionPhone: site.supervision_phone ?? '',
    hours: site.hours ?? '',
    mergedInto: await named(site.merged_into),
    merged: await trx
      .selectFrom('site')
      .select(['id', 'full_name as fullName', 'code'])
      .where('merged_into', '=', id)
      .orderBy('code')
      .execute(),
    open: site.level === 'county' ? 0 : await openCount(trx, site.path),
    history: await historyOf(trx, id),
  };
}

type Standing = 'open' | 'paused' | 'closed';

export interface SiteTree {
  id: string;
  code: string;
  fullName: string;
  status: Standing;
  /** How many stations it has. */
  count: number;
  /** null: not asked for. */
  stations: { id: string; code: string; name: string; status: Standing }[] | null;
}

/**
 * The county's townships, one of them opened with its stations: all of a county's at once would be a page of 300 KB. What was
 * merged stands at the site that took it in, not here.
 */
export async function siteTree(trx: Trx, county: string, opened: string | null): Promise<SiteTree[]> {
  const rows = await trx
    .selectFrom('site')
    .select(['id', 'code', 'name', 'full_name', 'status', 'township'])
    .where('county', '=', county)
    .where('township', 'is not', null)
    .where('merged_into', 'is', null)
    .orderBy('code')
    .execute();
  const within = Map.groupBy(rows, (row) => row.township);
  return rows
    .filter(({ id, township }) => id === township)
    .map(({ id, code, full_name, status }) => {
      const stations = (within.get(id) ?? []).filter((row) => row.id !== id);
      return {
        id,
        code,
        fullName: full_name,
        status,
        count: stations.length,
        stations:
          id === opened
            ? stations.map((row) => ({ id: row.id, code: row.code, name: row.name, status: row.status }))
            : null,
      };
    });
}
