/**
 * 导出未上传: everything of this device that has not reached the office, for a courier. Nothing leaves the outbox: whichever
 * comes first, the courier or the line, the office takes each command once (I1).
 */
import type { Instant } from '#lib/domain/day.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { listStaff, readDevice } from './device.ts';
import type { Store } from './open-database.ts';
import { openOutboxRow } from './outbox.ts';
import { readWaiting } from './outbox-heads.ts';
import { writeFrame, type Carried } from './parcel-frames.ts';
import { readPhoto } from './photos.ts';
import { read, write } from './write.ts';

/** Commands in one frame: a month's work is never in memory at once. */
const SLICE = 100;

export interface Packed {
  commands: number;
  applications: number;
  photos: number;
  /** Cannot be read any more on this device: these are not in the file. */
  lost: number;
}

/** What would go into a parcel now. */
export async function unsentHere(
  store: Store,
): Promise<Pick<Packed, 'commands' | 'applications' | 'photos'>> {
  const heads = await read(store, () => readWaiting(store));
  const photos = await read(store, () => store.db.uploads.where('status').equals('queued').count());
  return {
    commands: heads.length,
    applications: new Set(heads.map((one) => one.applicationId)).size,
    photos,
  };
}

/** Frames of a parcel. `packed` tells at the end what is in it. null: this device is not enrolled. */
export async function unsentFrames(
  store: Store,
  now: Instant,
): Promise<{ frames: AsyncGenerator<Bytes>; packed: Packed } | null> {
  const device = await readDevice(store);
  if (device === null) return null;
  // what is in a file may arrive: none of it can be taken back any more
  await write(store, ['outbox'], () => store.db.outbox.where({ status: 'queued' }).modify({ held: null }));
  const heads = await read(store, () => readWaiting(store));
  const uploads = await read(store, () => store.db.uploads.where('status').equals('queued').toArray());
  const packed: Packed = { commands: 0, applications: 0, photos: 0, lost: 0 };

  async function* frames(): AsyncGenerator<Bytes> {
    const { id, code, fullName, path } = device!.site;
    const people = await listStaff(store);
    const head = {
      format: 'jinban-unsent-2' as const,
      device: device!.device,
      number: device!.number,
      site: { id, code, name: fullName, path },
      people: people.map(({ id: person, name, roles }) => ({ id: person, name, roles })),
      madeAt: now,
      commands: heads.length,
      photos: uploads.length,
    };
    yield writeFrame({ is: 'head', head });
    const applications = new Set<string>();
    for (let from = 0; from < heads.length; from += SLICE) {
      const ids = heads.slice(from, from + SLICE).map((one) => one.id);
      const rows = await read(store, () => store.db.outbox.bulkGet(ids));
      const commands: Carried[] = [];
      for (const row of rows) {
        // one that could not be freed of its hold, or was taken back meanwhile, stays here
        if (!row || row.held) continue;
        const { command } = await openOutboxRow(row);
        if (command === null) packed.lost += 1;
        else {
          commands.push({ command, head: row.head, sig: row.sig });
          applications.add(row.applicationId);
        }
      }
      packed.commands += commands.length;
      packed.applications = applications.size;
      yield writeFrame({ is: 'commands', commands });
    }
    for (const { site, sha256, size, type } of uploads) {
      const bytes = await readPhoto(store, sha256);
      if (bytes === null) packed.lost += 1;
      else {
        packed.photos += 1;
        yield writeFrame({ is: 'photo', photo: { site, sha256, size, type, bytes } });
      }
    }
  }
  return { frames: frames(), packed };
}
