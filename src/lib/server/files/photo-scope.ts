/**
 * Whose photos a device may send and see: those of applications of its own site and of sites below it. What lies outside
 * looks exactly like what does not exist (security.md, row 56).
 */
import { isWithin } from '#lib/domain/site.ts';
import type { DeviceSession } from '../auth/sessions.ts';
import type { Office } from '../office.ts';
import type { PhotoKey } from './photo-rows.ts';

export async function isInScope(
  office: Office,
  { site, device }: DeviceSession,
  key: PhotoKey,
): Promise<boolean> {
  const place = await office.store.read((trx) =>
    trx.selectFrom('site').select('path').where('id', '=', key.site).executeTakeFirst(),
  );
  if (place && isWithin(site.path, place.path)) return true;
  office.log.warn(
    { what: 'outOfScope', device: device.id, site: key.site },
    'a device asked for foreign photos',
  );
  return false;
}
