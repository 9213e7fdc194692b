/**
 * Photos and documents (照片、附件) on the device, each once by the hash of its bytes, in sealed parts of at most 48 KB.
 * Taken into a draft they only stay here; a command that names them queues them for its site in the same transaction
 * (I2). What is here is checked against its hash before it is shown or sent (I13).
 */
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Photo } from '#lib/domain/materials.ts';
import { openBytes, sealBytes, type Place } from '../vault/seal.ts';
import type { TableName } from './database.ts';
import type { Files } from './enqueue.ts';
import type { Store } from './open-database.ts';
import { isKeptPhoto } from './retention.ts';
import type { PhotoRow, UploadRow } from './rows.ts';
import type { Watch } from './watch.ts';
import { ledWrite, read, write, type WriteFailure, type Written } from './write.ts';

export const PART_BYTES = 48 * 1024 - 64;
export const PHOTO_TABLES: readonly TableName[] = ['photos', 'photoChunks', 'uploads', 'drafts'];

/** A picture as it comes from the camera worker. */
export interface TakenPhoto extends Photo {
  bytes: Bytes;
  thumb: Bytes | null;
}

const partPlace = (sha256: string, part: number): Place => ({
  table: 'photoChunks',
  id: sha256,
  version: part,
});
const thumbPlace = (sha256: string): Place => ({ table: 'photos', id: sha256, version: 0 });

/** Keeps a photo; `known`: it was here already, whole. */
export async function keepPhoto(
  store: Store,
  { sha256, size, type, bytes, thumb }: TakenPhoto,
  now: Instant,
): Promise<Written<'kept' | 'known'>> {
  if (await readPhoto(store, sha256)) {
    return write(store, ['photos'], async () => {
      await store.db.photos.update(sha256, { keptAt: now });
      return 'known' as const;
    });
  }
  const parts = Math.ceil(bytes.length / PART_BYTES);
  const chunks = await Promise.all(
    Array.from({ length: parts }, async (_, part) => {
      const slice = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      return { sha256, part, box: await sealBytes(slice, partPlace(sha256, part)) };
    }),
  );
  const small = thumb && (await sealBytes(thumb, thumbPlace(sha256)));
  const row: PhotoRow = { sha256, size, type, parts, keptAt: now, thumb: small };
  return write(store, ['photos', 'photoChunks'], async () => {
    await store.db.photoChunks.bulkPut(chunks);
    await store.db.photos.put(row);
    return 'kept' as const;
  });
}

/** Its bytes; null when it is not here, or not whole any more. */
export async function readPhoto(store: Store, sha256: string): Promise<Bytes | null> {
  const { db } = store;
  const [row, chunks] = await read(store, () =>
    Promise.all([
      db.photos.get(sha256),
      db.photoChunks.where('[sha256+part]').between([sha256, 0], [sha256, Infinity]).toArray(),
    ]),
  );
  if (!row || chunks.length !== row.parts) return null;
  const bytes = new Uint8Array(row.size);
  let at = 0;
  for (const { part, box } of chunks) {
    const opened = await openBytes(box, partPlace(sha256, part));
    if (!opened.ok || at + opened.value.length > row.size) return null;
    bytes.set(opened.value, at);
    at += opened.value.length;
  }
  return at === row.size && (await sha256Hex(bytes)) === sha256 ? bytes : null;
}

/** The small picture; null for a document, and where the photo is not here. */
export async function readThumb(store: Store, sha256: string): Promise<Bytes | null> {
  const row = await read(store, () => store.db.photos.get(sha256));
  const opened = row?.thumb ? await openBytes(row.thumb, thumbPlace(sha256)) : null;
  return opened?.ok ? opened.value : null;
}

/**
 * Inside the transaction of the command. What the office refused is tried anew when it is named again. `taken`: here, and
 * not carried over from another device, which may have sent it; a document may have come to the office from anywhere.
 */
export async function queueUploads(
  store: Store,
  { site, photos }: Files,
  at: Instant,
  taken = false,
): Promise<void> {
  const { uploads } = store.db;
  for (const { sha256, size, type } of photos) {
    const known = await uploads.get([site, sha256]);
    if (known !== undefined && known.status !== 'refused') continue;
    await uploads.put({
      site,
      sha256,
      size,
      type,
      status: 'queued',
      why: null,
      queuedAt: at,
      settledAt: null,
      ...(taken && known === undefined && type !== 'pdf' ? { fresh: true as const } : {}),
    });
  }
}

/** Inside a transaction: the office may have lost what it had. */
export async function queueAnew(store: Store): Promise<void> {
  await store.db.uploads.where('status').equals('sent').modify({ status: 'queued', settledAt: null });
}

/** Inside a transaction over PHOTO_TABLES: what no draft holds and the office has had for 14 days. */
export async function dropOldPhotos(store: Store, now: Instant): Promise<void> {
  const { photos, photoChunks, uploads, drafts } = store.db;
  const held = new Set((await drafts.toArray()).flatMap((draft) => draft.photos ?? []));
  const sent = await uploads.toArray();
  for (const { sha256, keptAt } of await photos.toArray()) {
    const mine = sent.filter((upload) => upload.sha256 === sha256);
    if (held.has(sha256) || isKeptPhoto(mine, keptAt, now)) continue;
    await photos.delete(sha256);
    await photoChunks.where('[sha256+part]').between([sha256, 0], [sha256, Infinity]).delete();
    await uploads.bulkDelete(mine.map((upload): [string, string] => [upload.site, upload.sha256]));
  }
}

type UploadKey = Pick<UploadRow, 'site' | 'sha256'>;

/** The photo that has waited longest, beside these; null when none has to go. */
export async function nextUpload(store: Store, beside: readonly UploadKey[] = []): Promise<UploadRow | null> {
  const rows = await read(store, () => store.db.uploads.where('status').equals('queued').toArray());
  const [first] = rows
    .filter(({ site, sha256 }) => !beside.some((one) => one.site === site && one.sha256 === sha256))
    .sort((a, b) => (a.queuedAt < b.queuedAt ? -1 : 1));
  return first ?? null;
}

/** From now on bytes of it may be at the office. */
export const beginUpload = (
  store: Store,
  { site, sha256 }: UploadKey,
  token: string,
): Promise<'done' | 'deposed' | WriteFailure> =>
  ledWrite(store, ['uploads'], token, async () => {
    await store.db.uploads
      .where('[site+sha256]')
      .equals([site, sha256])
      .modify((row) => delete row.fresh);
  });

/** How an upload ended, for the leader whose token this is. */
export async function settleUpload(
  store: Store,
  { site, sha256 }: UploadKey,
  end: Pick<UploadRow, 'status' | 'why' | 'settledAt'>,
  token: string,
): Promise<'done' | 'deposed' | WriteFailure> {
  return ledWrite(store, ['uploads'], token, async () => {
    await store.db.uploads.update([site, sha256], end);
  });
}

/** A photo that the office refused was taken anew, or is not named any more: nobody has to look after it. */
export const forgetRefused = (store: Store, site: string, hashes: readonly string[]): Promise<Written> =>
  write(store, ['uploads'], async () => {
    const keys = hashes.map((sha256): [string, string] => [site, sha256]);
    const rows = await store.db.uploads.bulkGet(keys);
    await store.db.uploads.bulkDelete(keys.filter((_, at) => rows[at]?.status === 'refused'));
  });

/** All uploads, for sums. */
export const readUploads = (store: Store): Promise<UploadRow[]> =>
  read(store, () => store.db.uploads.toArray());

/** For `watch`: what the office could not take. */
export const refusedWatch = (store: Store): Watch<UploadRow[], UploadRow[]> => ({
  read: () => store.db.uploads.where('status').equals('refused').toArray(),
  then: (rows) => Promise.resolve(rows),
});
