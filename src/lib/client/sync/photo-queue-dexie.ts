/** The queue of photos in IndexedDB, for the leader whose token this is. */
import type { Store } from '../store/open-database.ts';
import { beginUpload, nextUpload, readPhoto, readUploads, settleUpload } from '../store/photos.ts';
import type { PhotoQueue } from './photo-ports.ts';

export function dexiePhotoQueue(store: Store, token: string): PhotoQueue {
  return {
    next: (inHand) => nextUpload(store, inHand),
    begins: (upload) => beginUpload(store, upload, token),
    read: (sha256) => readPhoto(store, sha256),
    settle: (upload, why, now) =>
      settleUpload(store, upload, { status: why === null ? 'sent' : 'refused', why, settledAt: now }, token),
    async sums() {
      const rows = await readUploads(store);
      const queued = rows.filter((row) => row.status === 'queued');
      return {
        waiting: queued.length,
        bytesLeft: queued.reduce((sum, row) => sum + row.size, 0),
        refused: rows.filter((row) => row.status === 'refused').length,
      };
    },
  };
}
