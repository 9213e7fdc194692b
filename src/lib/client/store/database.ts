/**
 * The device's database (Dexie over IndexedDB), opened by pages and worker alike. Durability is strict: what was reported
 * as saved survives a power cut (I2). Stores and indexes only; rows.ts says what is in them.
 *
 * Changing a store: add a `version(n + 1)` below with its upgrade, and raise SCHEMA. Rows of newer programs are never
 * touched by older ones: every write compares SCHEMA (write.ts).
 */
import { Dexie, type Table } from 'dexie';
import type {
  ApplicationRow,
  CursorRow,
  DraftRow,
  ItemRow,
  MetaRow,
  OutboxRow,
  PhotoChunkRow,
  PhotoRow,
  ReleaseRow,
  UploadRow,
} from './rows.ts';

/** Raised with every change of the shape of any row. */
export const SCHEMA = 4;

/** Which applications there are, by their last change, without touching their boxes (opened.ts). */
export const HEADS = '[updatedAt+id+epoch+rev]';

/** How commands stand, without touching their boxes (outbox-heads.ts). */
export const STANDING = '[pulled+status+aside]';
/** What the office answered on a day. */
export const SETTLED = '[status+settledAt]';

export interface Tables {
  outbox: Table<OutboxRow, string>;
  applications: Table<ApplicationRow, string>;
  drafts: Table<DraftRow, string>;
  cursor: Table<CursorRow, string>;
  items: Table<ItemRow, string>;
  release: Table<ReleaseRow, string>;
  photoChunks: Table<PhotoChunkRow, [string, number]>;
  photos: Table<PhotoRow, string>;
  uploads: Table<UploadRow, [string, string]>;
  meta: Table<MetaRow, string>;
}
export type TableName = keyof Tables;
export type Database = Dexie & Tables;

/** The handle, not yet open. Dexie's own auto-open is off: open-database.ts opens and reopens. */
export function createDatabase(name: string): Database {
  const db = new Dexie(name, { autoOpen: false, chromeTransactionDurability: 'strict' }) as Database;
  db.version(1).stores({
    outbox: 'id, &[device+n], status, pulled, applicationId',
    applications: 'id, epoch, closedOn, itemHash',
    drafts: 'id, updatedAt',
    cursor: 'key',
    items: 'hash, code',
    release: 'key',
    photoChunks: '[sha256+part]',
    meta: 'key',
  });
  db.version(2).stores({ photos: 'sha256', uploads: '[site+sha256], status' });
  db.version(3).stores({ applications: `id, epoch, closedOn, itemHash, ${HEADS}` });
  db.version(4).stores({
    outbox: `id, &[device+n], status, pulled, applicationId, ${STANDING}, ${SETTLED}`,
  });
  return db;
}
