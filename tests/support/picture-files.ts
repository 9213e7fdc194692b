/**
 * Files as cameras, phones and mischief make them, byte by byte: Exif with an orientation and a place, pictures that lie
 * about their size, files cut off. Runs in Node and in browsers.
 */
type Bytes = Uint8Array<ArrayBuffer>;

export const ascii = (text: string): Bytes => Uint8Array.from(text, (char) => char.charCodeAt(0));

export function joined(...parts: readonly (Uint8Array | readonly number[])[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const short = (value: number): number[] => [value >> 8, value & 0xff];
const long = (value: number): number[] => [...short(value >>> 16), ...short(value & 0xffff)];

/** Exif (big-endian TIFF) with an orientation and a GPS position: 36°06′ N, where Anyang lies. */
export function exifTiff(orientation: number): Bytes {
  const entry = (tag: number, type: number, count: number, value: number[]): number[] => [
    ...short(tag),
    ...short(type),
    ...long(count),
    ...value,
  ];
  const gpsAt = 8 + 2 + 2 * 12 + 4;
  const rationalsAt = gpsAt + 2 + 2 * 12 + 4;
  return joined(
    ascii('MM\0*'),
    long(8),
    short(2),
    entry(0x0112, 3, 1, [...short(orientation), 0, 0]),
    entry(0x8825, 4, 1, long(gpsAt)),
    long(0),
    short(2),
    entry(0x0001, 2, 2, [0x4e, 0, 0, 0]),
    entry(0x0002, 5, 3, long(rationalsAt)),
    long(0),
    ...[36, 6, 0].map((part) => [...long(part), ...long(1)]),
  );
}

/** A segment of a JPEG: FF, marker, length, content. */
export const segment = (marker: number, content: Uint8Array | readonly number[]): Bytes =>
  joined([0xff, marker], short(content.length + 2), content);

export const exifSegment = (orientation: number): Bytes =>
  segment(0xe1, joined(ascii('Exif\0\0'), exifTiff(orientation)));

/** The same JPEG as a camera held that way writes it: Exif right after the start. */
export const withExif = (jpeg: Uint8Array, orientation: number): Bytes =>
  joined(jpeg.subarray(0, 2), exifSegment(orientation), jpeg.subarray(2));

/** A JPEG of segments alone: right for who reads headers, nothing for who decodes. */
export function bareJpeg(width: number, height: number, ...segments: Uint8Array[]): Bytes {
  const frame = segment(0xc0, [8, ...short(height), ...short(width), 1, 1, 0x11, 0]);
  const scan = joined(segment(0xda, [1, 1, 0, 0, 63, 0]), [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]);
  return joined([0xff, 0xd8], ...segments, frame, scan, [0xff, 0xd9]);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});
const crc32 = (bytes: Uint8Array): number =>
  ~bytes.reduce((crc, byte) => (crc >>> 8) ^ (CRC[(crc ^ byte) & 0xff] as number), -1) >>> 0;

export function pngChunk(name: string, content: Uint8Array | readonly number[]): Bytes {
  const named = joined(ascii(name), content);
  return joined(long(content.length), named, long(crc32(named)));
}

export const PNG_MAGIC = ascii('\x89PNG\r\n\x1a\n');

/** A PNG that says it is that large; `data` is what stands in its IDAT, e.g. a bomb. */
export const png = (width: number, height: number, data: Uint8Array, ...chunks: Uint8Array[]): Bytes =>
  joined(
    PNG_MAGIC,
    pngChunk('IHDR', [...long(width), ...long(height), 1, 0, 0, 0, 0]),
    ...chunks,
    pngChunk('IDAT', data),
    pngChunk('IEND', []),
  );

const little = (value: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 0xff);

export function riffChunk(name: string, content: Uint8Array | readonly number[]): Bytes {
  return joined(ascii(name), little(content.length, 4), content, content.length % 2 ? [0] : []);
}

/** A WebP of chunks alone. */
export function webp(...chunks: Uint8Array[]): Bytes {
  const body = joined(ascii('WEBP'), ...chunks);
  return joined(ascii('RIFF'), little(body.length, 4), body);
}
export const webpExtended = (width: number, height: number): Bytes =>
  riffChunk('VP8X', [0x08, 0, 0, 0, ...little(width - 1, 3), ...little(height - 1, 3)]);

export const PDF = ascii(
  '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n',
);
export const LOCKED_PDF = ascii(
  '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 5 0 R>>\n%%EOF\n',
);
