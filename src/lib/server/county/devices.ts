/**
 * The devices of a county: what its administrator sees of them, and how one is taken out of use. A revoked device may
 * still hand over what it holds, which people then judge; nothing goes down to it any more.
 */
import type { Instant } from '#lib/domain/day.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { audit } from '../audit.ts';
import { addressNumber, releaseForSite } from '../catalogue/current-release.ts';
import type { Trx } from '../db/dialect.ts';

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

/** All devices of the county: those in use first, and among them the one that has been silent longest. */
export async function listDevices(trx: Trx, county: string): Promise<CountyDevice[]> {
  const rows = await trx
    .selectFrom('device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['device.id', 'number', 'device.name', 'device.status', 'enrolled_at', 'last_contact', 'release'])
    .select(['site.id as siteId', 'site.code', 'site.name as siteName', 'site.full_name', 'site.level'])
    .select('site.township')
    .where('site.county', '=', county)
    .orderBy('device.id')
    .execute();
  const devices: CountyDevice[] = [];
  for (const { level, township, ...row } of rows) {
    const itemLevel = itemLevelOf(level);
    const release = itemLevel && addressNumber(row.release, county, itemLevel);
    const site = { id: row.siteId, county, township: township ?? '', level };
    devices.push({
      id: row.id,
      number: row.number,
      name: row.name,
      status: row.status,
      site: { id: row.siteId, code: row.code, name: row.siteName, fullName: row.full_name },
      enrolledAt: row.enrolled_at,
      lastContact: row.last_contact,
      release,
      releaseOffered: (await releaseForSite(trx, site, release))?.number ?? 0,
    });
  }
  return devices.sort((a, b) => order(a).localeCompare(order(b)));
}

const order = ({ status, lastContact, enrolledAt }: CountyDevice): string =>
  `${status} ${lastContact ?? enrolledAt}`;

/** A device of this county; null for any other, as if it did not exist. */
export async function findDevice(trx: Trx, county: string, id: string): Promise<CountyDevice | null> {
  return (await listDevices(trx, county)).find((device) => device.id === id) ?? null;
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
