/**
 * Renaming a device, and moving it to another site of the county. A device goes over only when all that it made has come:
 * what it made for its old site would be judged at the new one. It hears of its new site and number with its next sync.
 */
import { instantMs } from '#lib/domain/day.ts';
import { itemLevelOf } from '#lib/domain/site.ts';
import { cleanText, countCharacters } from '#lib/domain/plain-text.ts';
import type { DeviceRefusal } from '#lib/domain/device-keeping.ts';
import { audit } from '../audit.ts';
import { nextNumber } from '../auth/enrol.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import type { Keeping } from './keep-sites.ts';

export type DeviceKept = { is: 'done'; number: string } | { is: 'refused'; why: DeviceRefusal };

const refused = (why: DeviceRefusal): DeviceKept => ({ is: 'refused', why });

/** What a device said of itself so long ago says little about now. */
const FRESH_MS = 24 * 3_600_000;
const LONGEST_NAME = 100;

const ownDevice = (trx: Trx, county: string, id: string) =>
  lockRows(
    trx,
    trx
      .selectFrom('device')
      .selectAll()
      .where('id', '=', id)
      .where('status', '=', 'active')
      .where('site', 'in', (sub) => sub.selectFrom('site').select('id').where('county', '=', county)),
  ).executeTakeFirst();

const placeOf = (trx: Trx, county: string, id: string) =>
  trx
    .selectFrom('site')
    .select(['id', 'level', 'status'])
    .where('id', '=', id)
    .where('county', '=', county)
    .executeTakeFirst();

export async function renameDevice(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, name: raw }: { id: string; name: string },
): Promise<DeviceKept> {
  const name = cleanText(raw);
  const length = countCharacters(name);
  if (length === 0 || length > LONGEST_NAME) return refused('name');
  const device = await ownDevice(trx, county, id);
  if (!device) return refused('noDevice');
  await trx.updateTable('device').set({ name }).where('id', '=', id).execute();
  await audit(trx, now, [{ who: by, what: 'deviceRenamed', detail: { device: id } }]);
  return { is: 'done', number: device.number };
}

export async function transferDevice(
  trx: Trx,
  { county, by, now }: Keeping,
  { id, site }: { id: string; site: string },
): Promise<DeviceKept> {
  const device = await ownDevice(trx, county, id);
  if (!device) return refused('noDevice');
  const from = await placeOf(trx, county, device.site);
  const to = await placeOf(trx, county, site);
  if (!from || !to || to.status === 'closed') return refused('noSite');
  if (to.id === from.id) return refused('sameSite');
  const level = itemLevelOf(to.level);
  if (level === null || level !== itemLevelOf(from.level)) return refused('otherLevel');
  const { drained_at, last_contact, waiting } = device;
  const isFresh = drained_at !== null && instantMs(now) - instantMs(drained_at) <= FRESH_MS;
  if (!isFresh || drained_at !== last_contact || waiting === null) return refused('unknownWaiting');
  if (waiting > 0) return refused('waiting');
  const number = await nextNumber(trx, to.id);
  await trx.updateTable('device').set({ site: to.id, number }).where('id', '=', id).execute();
  const detail = { device: id, from: from.id, to: to.id, number };
  await audit(trx, now, [{ who: by, what: 'deviceTransferred', detail }]);
  return { is: 'done', number };
}
