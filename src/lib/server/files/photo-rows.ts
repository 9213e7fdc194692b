/**
 * The rows of photos. A byte is acknowledged by moving `received` from where the writer believed it to be: of two
 * writers, in whatever process, one succeeds and the other is told to ask again. Nothing moves it backwards but the loss
 * of the bytes themselves.
 */
import type { Selectable, UpdateQueryBuilder } from 'kysely';
import type { Photo } from '#lib/domain/materials.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { PhotoRefusal } from '#lib/protocol/photo.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import type { PhotoTable } from '../db/schema-photos.ts';
import type { Schema } from '../db/schema.ts';

export interface PhotoKey {
  site: string;
  sha256: string;
}
/** What a device says it is going to send. */
export interface Claim extends PhotoKey, Photo {
  device: string;
}
export type PhotoRow = Selectable<PhotoTable>;

const only = <O>(
  update: UpdateQueryBuilder<Schema, 'photo', 'photo', O>,
  { site, sha256 }: PhotoKey,
): UpdateQueryBuilder<Schema, 'photo', 'photo', O> =>
  update.where('site', '=', site).where('sha256', '=', sha256);

export const findPhoto = (trx: Trx, { site, sha256 }: PhotoKey): Promise<PhotoRow | undefined> =>
  trx
    .selectFrom('photo')
    .selectAll()
    .where('site', '=', site)
    .where('sha256', '=', sha256)
    .executeTakeFirst();

/**
 * Notes a claim. `known`: it is underway or here, and stays as it is. Of two claims about the same bytes that differ in
 * size or type one is false; while neither is proved the later one counts, so that no false one bars the way.
 */
export async function claimPhoto(
  trx: Trx,
  { site, sha256, size, type, device }: Claim,
  now: Instant,
): Promise<'new' | 'known' | PhotoRefusal> {
  const query = trx.selectFrom('photo').selectAll().where('site', '=', site).where('sha256', '=', sha256);
  const row = await lockRows(trx, query).executeTakeFirst();
  const same = row?.size === size && row.type === type;
  if (row?.status === 'verified' && !same) return row.size === size ? 'wrongType' : 'wrongSize';
  if (row?.status === 'verified') return 'known';
  if (row?.status === 'uploading' && same) {
    await only(trx.updateTable('photo').set({ touched_at: now }), row).execute();
    return 'known';
  }
  const fresh = { size, type, device, status: 'uploading', reason: null, received: 0 } as const;
  const times = { claimed_at: now, touched_at: now, received_at: null, verified_at: null };
  if (row) await only(trx.updateTable('photo').set({ ...fresh, ...times }), row).execute();
  else
    await trx
      .insertInto('photo')
      .values({ site, sha256, width: null, height: null, ...fresh, ...times })
      .execute();
  return 'new';
}

/** Moves what is received; false when somebody else has moved it, or the claim is another one by now. */
export async function moveReceived(
  trx: Trx,
  { from, to }: { from: number; to: number },
  { site, sha256, size, type }: Omit<Claim, 'device'>,
  now: Instant,
): Promise<boolean> {
  const changes = { received: to, touched_at: now, ...(to === size ? { received_at: now } : {}) };
  const moved = await only(trx.updateTable('photo').set(changes), { site, sha256 })
    .where('status', '=', 'uploading')
    .where('received', '=', from)
    .where('size', '=', size)
    .where('type', '=', type)
    .returning('received')
    .executeTakeFirst();
  return moved !== undefined;
}

export type Found = { width: number | null; height: number | null } | { reason: PhotoRefusal };

/** What the whole file was found to be. False when another process said so first. */
export async function closeUpload(trx: Trx, row: PhotoRow, found: Found, now: Instant): Promise<boolean> {
  const changes =
    'reason' in found
      ? { status: 'rejected' as const, reason: found.reason, received: 0 }
      : { status: 'verified' as const, ...found, verified_at: now };
  const closed = await only(trx.updateTable('photo').set({ ...changes, touched_at: now }), row)
    .where('status', '=', 'uploading')
    .where('received', '=', row.size)
    .where('size', '=', row.size)
    .where('type', '=', row.type)
    .returning('status')
    .executeTakeFirst();
  return closed !== undefined;
}

/** Its file is gone from the storage: it will be taken again. */
export async function markMissing(trx: Trx, key: PhotoKey): Promise<void> {
  await only(trx.updateTable('photo').set({ status: 'missing', received: 0 }), key)
    .where('status', '=', 'verified')
    .execute();
}
