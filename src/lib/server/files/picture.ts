/**
 * Pictures by sharp: their size in pixels from the header alone, and smaller ones made of them, upright and without
 * EXIF (security.md 14–17). One picture is decoded at a time, because one of 50 megapixels can take 200 MB.
 */
import sharp from 'sharp';
import { PHOTO_LIMITS } from '#lib/protocol/photo.ts';
import { Turns } from '../turns.ts';

/**
 * Longer side in pixels, and qualities of WebP: the first that keeps to the bytes is taken, else the last. A photographed
 * page takes about 10 KB and 150 KB.
 */
const MADE = {
  thumb: { side: 320, qualities: [60], bytes: Infinity },
  view: { side: 1600, qualities: [62, 45, 30], bytes: 200_000 },
} as const;
export type MadeSize = keyof typeof MADE;

/** Seconds of decoding: an honest picture of 50 megapixels takes two. */
const PATIENCE = 60;

sharp.cache(false);
sharp.concurrency(1);
// whatever the bytes pretend to be, no other decoder is ever started
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});

const turns = new Turns();

/** Pixels of the picture held upright; nothing is decoded. null: the header makes no sense. */
export async function pixelsOf(bytes: Buffer): Promise<{ width: number; height: number } | null> {
  try {
    const { width, height, autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width: autoOrient.width ?? width, height: autoOrient.height ?? height };
  } catch {
    return null;
  }
}

export const isTooLarge = ({ width, height }: { width: number; height: number }): boolean =>
  width * height > PHOTO_LIMITS.pixels || Math.max(width, height) > PHOTO_LIMITS.side;

/** The picture in that size as WebP; null when it cannot be decoded to its end. */
export function shrink(bytes: Buffer, size: MadeSize): Promise<Buffer | null> {
  return turns.take('picture', async () => {
    try {
      const small = await scaled(bytes, MADE[size].side);
      return await packed(small, MADE[size]);
    } catch {
      return null;
    }
  });
}

/** Decoded to its end, upright, without EXIF. */
const scaled = (bytes: Buffer, side: number) =>
  sharp(bytes, { limitInputPixels: PHOTO_LIMITS.pixels, failOn: 'error' })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .timeout({ seconds: PATIENCE })
    .raw()
    .toBuffer({ resolveWithObject: true });

async function packed(
  { data, info: { width, height, channels } }: Awaited<ReturnType<typeof scaled>>,
  { qualities, bytes }: { qualities: readonly number[]; bytes: number },
): Promise<Buffer> {
  let made = Buffer.alloc(0);
  for (const quality of qualities) {
    made = await sharp(data, { raw: { width, height, channels } }).webp({ quality, effort: 2 }).toBuffer();
    if (made.length <= bytes) return made;
  }
  return made;
}
