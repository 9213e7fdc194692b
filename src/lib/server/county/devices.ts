/**
 * The devices of a county: what its administrator sees of them, and how one is taken out of use. A revoked device may
 * still hand over what it holds, which people then judge; nothing goes down to it any more.
 */
import { SILENT_MS } from '#lib/domain/board.ts';
import { instantMs, type Instant } from '#lib/domain/day.ts';
import type { DeviceStanding, DeviceView } from '#lib/domain/device-view.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { audit } from '../audit.ts';
import { addressNumber, releaseForSite } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';
import { findRows } from './find-rows.ts';

/** Why a device is taken out of use. The audit keeps the word, never free text that might name somebody. */
export const REVOKE_REASONS = ['lost', 'broken', 'replaced', 'moved', 'mistake'] as const;
export type RevokeReason = (typeof REVOKE_REASONS)[number];

export interface CountyDevice {
  id: string;
  /** Three digits, in every receipt number. */
  number: string;
  name: string;
  status: 'active' | 'revoked';
  site: { id: string; code: string; name: string; fullName: string };
  enrolledAt: Instant;
  lastContact: Instant | null;
  /** Number of the release it reported at last contact; null before the first. */
  release: number | null;
  /** Number of the release that it is offered where the release stands now; 0 before the first. */
  releaseOffered: number;
}

export interface DeviceList {
  devices: CountyDevice[];
  view: DeviceView;
  pages: number;
  /** How many the view has on all its pages, and the county in all. */
  found: number;
  counts: Record<DeviceStanding, number> & { all: number };
}

const ON_A_PAGE = 50;

/** Devices of the county, a page at a time: those in use first, and among them the one that has been silent longest. */
export async function listDevices(
  trx: Trx,
  county: string,
  { view, now }: { view: DeviceView; now: Instant },
): Promise<DeviceList> {
  const rows = await deviceRows(trx, county);
  const is = (standing: DeviceStanding) => (row: DeviceRow) =>
    standing === 'silent' ? isSilent(row, now) : row.status === standing;
  const count = (standing: DeviceStanding): number => rows.filter(is(standing)).length;
  const wanted = view.standing === '' ? rows : rows.filter(is(view.standing));
  const found = findRows(wanted, view.query, (row) =>
    [row.full_name, row.siteName, row.code, row.number, row.name].join(' '),
  ).sort((a, b) => order(a).localeCompare(order(b)));
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const page = Math.min(view.page, pages);
  const devices: CountyDevice[] = [];
  for (const row of found.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE))
    devices.push(await deviceOf(trx, county, row));
  return {
    devices,
    view: { ...view, page },
    pages,
    found: found.length,
    counts: { all: rows.length, active: count('active'), silent: count('silent'), revoked: count('revoked') },
  };
}

const devicesOf = (trx: Trx, county: string) =>
  trx
    .selectFrom('device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['device.id', 'number', 'device.name', 'device.status', 'enrolled_at', 'last_contact', 'release'])
    .select(['site.id as siteId', 'site.code', 'site.name as siteName', 'site.full_name', 'site.level'])
    .select('site.township')
    .where('site.county', '=', county);

const deviceRows = (trx: Trx, county: string) => devicesOf(trx, county).orderBy('device.id').execute();

type DeviceRow = Awaited<ReturnType<typeof deviceRows>>[number];

async function deviceOf(trx: Trx, county: string, row: DeviceRow): Promise<CountyDevice> {
  const itemLevel = itemLevelOf(row.level);
  const release = itemLevel && addressNumber(row.release, county, itemLevel);
  const site = { id: row.siteId, county, township: row.township ?? '', level: row.level };
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    status: row.status,
    site: { id: row.siteId, code: row.code, name: row.siteName, fullName: row.full_name },
    enrolledAt: row.enrolled_at,
    lastContact: row.last_contact,
    release,
    releaseOffered: (await releaseForSite(trx, site, release))?.number ?? 0,
  };
}

const order = ({ status, last_contact, enrolled_at }: DeviceRow): string =>
  `${status} ${last_contact ?? enrolled_at}`;

const isSilent = ({ status, last_contact }: DeviceRow, now: Instant): boolean =>
  status === 'active' && (last_contact === null || instantMs(now) - instantMs(last_contact) > SILENT_MS);

/** A device of this county; null for any other, as if it did not exist. */
export async function findDevice(trx: Trx, county: string, id: string): Promise<CountyDevice | null> {
  const row = await devicesOf(trx, county).where('device.id', '=', id).executeTakeFirst();
  return row ? deviceOf(trx, county, row) : null;
}

export interface Revocation {
  county: string;
  device: string;
  reason: RevokeReason;
  /** Staff id of the administrator. */
  by: string;
  now: Instant;
}

/** False when the county has no such device in use: another's looks like none. */
export async function revokeDevice(
  trx: Trx,
  { county, device, reason, by, now }: Revocation,
): Promise<boolean> {
  const revoked = await trx
    .updateTable('device')
    .set({ status: 'revoked' })
    .where('id', '=', device)
    .where('status', '=', 'active')
    .where('site', 'in', (sub) => sub.selectFrom('site').select('id').where('county', '=', county))
    .returning('id')
    .executeTakeFirst();
  if (!revoked) return false;
  await audit(trx, now, [{ who: by, what: 'deviceRevoked', detail: { device, reason } }]);
  return true;
}
