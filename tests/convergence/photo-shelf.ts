/** The photos of one device in memory, with the queue that the production carrier empties (photos.ts over IndexedDB). */
import type { Bytes } from '#lib/catalogue/hash.ts';
import { uploadPath } from '#lib/protocol/photo.ts';
import type { PhotoQueue, Upload } from '#lib/client/sync/photo-ports.ts';
import type { SamplePhoto } from '../support/photo-files.ts';

export interface Shelved extends Upload {
  fresh: boolean;
  status: 'queued' | 'sent' | 'refused';
  why: string | null;
}

export class PhotoShelf {
  readonly uploads: Shelved[] = [];
  readonly #bytes = new Map<string, Bytes>();

  /** In the transaction of the command that names them. */
  queue(site: string, photos: readonly SamplePhoto[]): void {
    for (const { bytes, sha256, size, type } of photos) {
      this.#bytes.set(sha256, new Uint8Array(bytes));
      const known = this.uploads.find((one) => one.site === site && one.sha256 === sha256);
      if (!known) this.uploads.push({ site, sha256, size, type, status: 'queued', why: null, fresh: true });
      else Object.assign(known, { status: 'queued', why: null });
    }
  }

  /** In the transaction in which the device learns of another lineage: the office may have lost what it had. */
  queueAnew(): void {
    for (const row of this.uploads) if (row.status === 'sent') row.status = 'queued';
  }

  waiting(): Shelved[] {
    return this.uploads.filter(({ status }) => status === 'queued');
  }

  /** `port`: where its tab may stop or be killed. `leads`: whether that tab still may write. */
  queueOf(port: (label: string) => Promise<void>, leads: () => boolean): PhotoQueue {
    return {
      next: async (inHand) => {
        await port('photos.next');
        const beside = new Set(inHand.map(uploadPath));
        const first = this.waiting().find((one) => !beside.has(uploadPath(one)));
        if (!first) return null;
        const { site, sha256, size, type, fresh } = first;
        return { site, sha256, size, type, fresh };
      },
      begins: async (upload) => {
        await port('photos.begins');
        if (!leads()) return 'deposed';
        const row = this.uploads.find((one) => uploadPath(one) === uploadPath(upload));
        if (row) row.fresh = false;
        return 'done';
      },
      read: async (sha256) => this.#bytes.get(sha256) ?? null,
      settle: async (upload, why) => {
        await port('photos.settle');
        if (!leads()) return 'deposed';
        const row = this.uploads.find((one) => one.site === upload.site && one.sha256 === upload.sha256);
        if (row) Object.assign(row, { status: why === null ? 'sent' : 'refused', why });
        await port('photos.settled');
        return 'done';
      },
      sums: async () => ({ waiting: this.waiting().length, bytesLeft: 0, refused: 0 }),
    };
  }
}
