/**
 * Taking in what a courier brought: the commands of another device go into this outbox as they are, with their numbers,
 * heads and signatures, and reach the office under the names of those who made them (I14). Taking the same file in twice,
 * or when the first device is back, changes nothing (I1). What was taken in stays, also when the rest of the file is spoilt.
 */
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import type { Instant } from '#lib/domain/day.ts';
import { isWithin } from '#lib/domain/site.ts';
import { readDevice, saveCarriedFrom } from './device.ts';
import { queuedEntry } from './enqueue.ts';
import { rowOf } from './ledger.ts';
import type { Store } from './open-database.ts';
import { readFrame, type Carried, type CarriedPhoto } from './parcel-frames.ts';
import { keepPhoto, queueUploads } from './photos.ts';
import type { OutboxRow } from './rows.ts';
import { write, type WriteFailure } from './write.ts';

export interface TakenIn {
  /** Commands that were not here before, and their applications. */
  commands: number;
  applications: number;
  photos: number;
  /** Were here already. */
  known: number;
}

/**
 * `elsewhere`: of a site that this device does not look after; `site` is its name. `newer`: a newer program made it.
 * `spoilt`: contents that contradict what is here, or themselves.
 */
export type ParcelRefusal =
  { why: 'elsewhere'; site: string } | { why: 'newer' | 'spoilt' | 'notEnrolled' | WriteFailure };

/** `taken` is what was kept, in any case. May throw what `frames` throws. */
export async function takeIn(
  store: Store,
  frames: AsyncIterable<Bytes>,
  now: Instant,
  onProgress: (taken: TakenIn) => void = () => undefined,
): Promise<{ taken: TakenIn; refused: ParcelRefusal | null }> {
  const taken: TakenIn = { commands: 0, applications: 0, photos: 0, known: 0 };
  const device = await readDevice(store);
  if (device === null) return { taken, refused: { why: 'notEnrolled' } };
  const applications = new Set<string>();
  let opened = false;
  for await (const bytes of frames) {
    const frame = readFrame(bytes);
    if (frame === null) return { taken, refused: { why: 'newer' } };
    let refused: ParcelRefusal | null = null;
    if (!opened) {
      if (frame.is !== 'head') return { taken, refused: { why: 'spoilt' } };
      const { device: from, number, site, people } = frame.head;
      // the office would not take its photos from here, nor may its people be shown here
      if (!isWithin(device.site.path, site.path))
        return { taken, refused: { why: 'elsewhere', site: site.name } };
      const { id, code } = site;
      const noted = await saveCarriedFrom(store, { device: from, number, site: { id, code }, people });
      if (!noted.ok) return { taken, refused: { why: noted.why } };
      opened = true;
    } else if (frame.is === 'commands') {
      refused = await keepCommands(store, frame.commands, device.device, taken, applications);
    } else if (frame.is === 'photo') {
      refused = await keepCarriedPhoto(store, frame.photo, now, taken);
    }
    if (refused !== null) return { taken, refused };
    taken.applications = applications.size;
    onProgress({ ...taken });
  }
  return { taken, refused: null };
}

/** All of a frame in one transaction, so that what is here of a chain has no holes. */
async function keepCommands(
  store: Store,
  carried: readonly Carried[],
  own: string,
  taken: TakenIn,
  applications: Set<string>,
): Promise<ParcelRefusal | null> {
  const { outbox } = store.db;
  const rows = await Promise.all(
    carried.map(({ command, head, sig }) => rowOf(queuedEntry(command, { head, sig }))),
  );
  const written = await write(store, ['outbox'], async () => {
    const fresh: OutboxRow[] = [];
    for (const row of rows) {
      const known = await outbox.get(row.id);
      if (known) continue;
      const twin = await outbox.where('[device+n]').equals([row.device, row.n]).count();
      // this device's own chain is continued by enqueueing alone
      if (twin > 0 || row.device === own) return null;
      fresh.push(row);
    }
    await outbox.bulkAdd(fresh);
    return fresh;
  });
  if (!written.ok) return { why: written.why };
  if (written.value === null) return { why: 'spoilt' };
  for (const row of written.value) applications.add(row.applicationId);
  taken.commands += written.value.length;
  taken.known += rows.length - written.value.length;
  return null;
}

async function keepCarriedPhoto(
  store: Store,
  { site, bytes, ...photo }: CarriedPhoto,
  now: Instant,
  taken: TakenIn,
): Promise<ParcelRefusal | null> {
  if (bytes.length !== photo.size || (await sha256Hex(bytes)) !== photo.sha256) return { why: 'spoilt' };
  const kept = await keepPhoto(store, { ...photo, bytes, thumb: null }, now);
  if (!kept.ok) return { why: kept.why };
  const queued = await write(store, ['uploads'], () => queueUploads(store, { site, photos: [photo] }, now));
  if (!queued.ok) return { why: queued.why };
  if (kept.value === 'known') taken.known += 1;
  else taken.photos += 1;
  return null;
}
