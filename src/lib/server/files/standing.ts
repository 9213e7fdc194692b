/**
 * How a photo stands at the office, as the disk says and not only the database: an upload that is complete is checked
 * first, acknowledged bytes that are lost are asked for again, and so is a verified file that is gone.
 */
import type { Photo } from '#lib/domain/materials.ts';
import type { PhotoRefusal } from '#lib/protocol/photo.ts';
import type { Office } from '../office.ts';
import { nameOf } from './office-files.ts';
import { findPhoto, markMissing, moveReceived, type PhotoKey, type PhotoRow } from './photo-rows.ts';
import { settle } from './settle.ts';

export type Standing =
  | { is: 'unknown' }
  | { is: 'uploading'; row: PhotoRow; received: number }
  | { is: 'verified'; type: Photo['type']; size: number }
  | { is: 'rejected'; reason: PhotoRefusal };

export async function standingOf(office: Office, key: PhotoKey): Promise<Standing> {
  let row = await office.store.read((trx) => findPhoto(trx, key));
  if (row?.status === 'uploading' && row.received === row.size) {
    await settle(office, key);
    row = await office.store.read((trx) => findPhoto(trx, key));
  }
  switch (row?.status) {
    case 'uploading':
      return { is: 'uploading', row, received: await heldOf(office, row) };
    case 'verified':
      return (await isThere(office, row))
        ? { is: 'verified', type: row.type, size: row.size }
        : { is: 'unknown' };
    case 'rejected':
      return { is: 'rejected', reason: row.reason as PhotoRefusal };
    default:
      return { is: 'unknown' };
  }
}

/** Acknowledged bytes that are really there. */
async function heldOf(office: Office, row: PhotoRow): Promise<number> {
  const held = row.received === 0 ? 0 : await office.files.partials.size(nameOf(row));
  if (held >= row.received) return row.received;
  const move = { from: row.received, to: held };
  await office.store.write((trx) => moveReceived(trx, move, row, office.clock.now()));
  return held;
}

async function isThere(office: Office, row: PhotoRow): Promise<boolean> {
  if ((await office.files.storage.size(nameOf(row))) === row.size) return true;
  await lose(office, row);
  return false;
}

/** A verified file that is gone or spoilt: from now on it is asked for again. */
export async function lose(office: Office, key: PhotoKey): Promise<void> {
  const { site, sha256 } = key;
  office.log.error({ what: 'photoLost', site, sha256 }, 'a verified photo is gone from the storage');
  await office.files.storage.remove(nameOf(key));
  await office.store.write((trx) => markMissing(trx, key));
}
