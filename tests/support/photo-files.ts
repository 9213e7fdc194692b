/**
 * Photos and documents for tests, good and bad. Pictures are noise with a seed, so that each is another file and none
 * compresses to nothing; no picture shows anybody.
 */
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Photo } from '#lib/domain/materials.ts';

/** A file with what a material says of it. */
export interface SamplePhoto extends Photo {
  bytes: Buffer;
}

export const asPhoto = (bytes: Buffer, type: Photo['type']): SamplePhoto => ({
  bytes,
  type,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** What a material names: without the bytes. */
export const named = ({ sha256, size, type }: Photo): Photo => ({ sha256, size, type });

/** Bytes that look random and are the same each time (xorshift). */
export function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let x = (seed * 2_654_435_761) >>> 0 || 1;
  for (let i = 0; i < length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    bytes[i] = x & 255;
  }
  return bytes;
}

const canvas = (seed: number, width: number, height: number) =>
  sharp(noise(width * height * 3, seed), { raw: { width, height, channels: 3 } });

export async function picture(
  seed: number,
  {
    type = 'jpeg',
    width = 240,
    height = 160,
  }: { type?: 'jpeg' | 'png' | 'webp'; width?: number; height?: number } = {},
): Promise<SamplePhoto> {
  return asPhoto(await canvas(seed, width, height).toFormat(type).toBuffer(), type);
}

/** Lying on its side, as telephones take them, with the place where it was taken. */
export async function sidewaysPicture(seed: number): Promise<SamplePhoto> {
  const bytes = await canvas(seed, 300, 200)
    .withExif({
      IFD0: { Orientation: '6', Make: 'SampleMaker' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 6/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  return asPhoto(bytes, 'jpeg');
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG whose header claims that many pixels; `more` goes before its picture. */
export function pngClaiming(
  width: number,
  height: number,
  { pixels = Buffer.alloc(1000), more = [] }: { pixels?: Buffer; more?: [string, Buffer][] } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...more.map(([name, data]) => chunk(name, data)),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const pdf = (trailer = '<< /Root 1 0 R /Size 2 >>', end = '\n%%EOF\n'): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nendobj\n` +
      `xref\n0 2\ntrailer\n${trailer}\nstartxref\n9${end}`,
    'latin1',
  );
