/** Three photos of 300 KB over a village's line that breaks every 200 KB, carried by the product's carrier. */
import { performance } from 'node:perf_hooks';
import sharp from 'sharp';
import { createPhotoCarrier } from '#lib/client/sync/photo-carrier.ts';
import { httpPhotoTransport } from '#lib/client/sync/photo-http.ts';
import type { PhotoQueue } from '#lib/client/sync/photo-ports.ts';
import { systemClock } from '#lib/client/sync/system.ts';
import { bytesOffice } from './catalogue-bytes-office.ts';
import { chance } from './catalogue-bytes-items.ts';
import { installXhr } from './node-xhr.ts';
import { asPhoto, noise, type SamplePhoto } from './photo-files.ts';
import { SITES } from './town.ts';

export interface Carried {
  /** Of the photos themselves. */
  useful: number;
  /** Bytes up and down together. */
  bytes: number;
  ms: number;
  cuts: number;
}

/** A picture of about 300 KB that no packing makes smaller. */
async function photo(seed: number): Promise<SamplePhoto> {
  const [width, height] = [800, 612];
  const raw = sharp(noise(width * height * 3, seed), { raw: { width, height, channels: 3 } });
  const bytes = await raw.jpeg({ quality: 78 }).toBuffer();
  return asPhoto(bytes, 'jpeg');
}

export async function carryPhotos(): Promise<Carried> {
  await using office = await bytesOffice('A1', { cut: { everyBytes: 200_000, awayMs: 3000 } });
  const photos = await Promise.all([1, 2, 3].map(photo));
  const waiting = new Map(photos.map((one) => [one.sha256, one]));
  const begun = new Set<string>();
  const useful = photos.reduce((sum, { size }) => sum + size, 0);
  const done = new AbortController();
  const queue: PhotoQueue = {
    async next(inHand) {
      if (waiting.size === 0) done.abort();
      const first = [...waiting.values()].find((one) => !inHand.some(({ sha256 }) => sha256 === one.sha256));
      return first ? { ...first, site: SITES.A1.id, fresh: !begun.has(first.sha256) } : null;
    },
    async begins({ sha256 }) {
      begun.add(sha256);
      return 'done';
    },
    read: async (sha256) => new Uint8Array(waiting.get(sha256)!.bytes),
    async settle({ sha256 }, why) {
      if (why !== null) throw new Error(`a photo was refused: ${why}`);
      waiting.delete(sha256);
      return 'done';
    },
    sums: async () => ({ waiting: waiting.size, bytesLeft: useful, refused: 0 }),
  };
  const remove = installXhr(office.line.url, office.cookie);
  try {
    const carrier = createPhotoCarrier({
      queue,
      transport: httpPhotoTransport(async () => false),
      clock: systemClock,
      random: { next: chance(4242) },
      onStatus: () => undefined,
    });
    const start = performance.now();
    carrier.resume();
    await carrier.run(done.signal);
    const { up, down, cuts } = office.line;
    return { useful, bytes: up + down, ms: performance.now() - start, cuts };
  } finally {
    remove();
  }
}
