import { expect, test } from 'vitest';
import {
  ascii,
  bareJpeg,
  exifSegment,
  exifTiff,
  joined,
  png,
  pngChunk,
  riffChunk,
  segment,
  webp,
  webpExtended,
} from '../../../../tests/support/picture-files.ts';
import { isTooLarge, readHeader, type PictureHeader } from './picture-header.ts';

const NO_DATA = new Uint8Array(4);

function header(type: 'jpeg' | 'png' | 'webp', bytes: Uint8Array): PictureHeader {
  const read = readHeader(type, bytes);
  if (!read.ok) throw new Error(read.why);
  return read.header;
}
/** The file as it is decoded. */
function cut(bytes: Uint8Array<ArrayBuffer>, { cuts }: PictureHeader): Uint8Array {
  let at = 0;
  const parts: Uint8Array[] = [];
  for (const { from, to, by } of cuts) {
    parts.push(bytes.subarray(at, from), by);
    at = to;
  }
  return joined(...parts, bytes.subarray(at));
}

test('a JPEG tells its size, how it was held, and where its metadata lies', () => {
  const bytes = bareJpeg(4000, 3000, segment(0xe0, ascii('JFIF\0')), exifSegment(6));
  const read = header('jpeg', bytes);
  expect(read).toMatchObject({ width: 4000, height: 3000, orientation: 6 });
  expect(cut(bytes, read)).toEqual(bareJpeg(4000, 3000, segment(0xe0, ascii('JFIF\0'))));
});

test('of two Exif segments the first counts and both go', () => {
  const bytes = bareJpeg(8, 6, exifSegment(3), exifSegment(8));
  const read = header('jpeg', bytes);
  expect(read.orientation).toBe(3);
  expect(cut(bytes, read)).toEqual(bareJpeg(8, 6));
});

test('a thumbnail inside the metadata is neither the size nor the end of the picture', () => {
  const thumbnail = segment(0xe1, joined(ascii('Exif\0\0'), exifTiff(1), bareJpeg(160, 120)));
  const bytes = bareJpeg(4000, 3000, thumbnail);
  expect(header('jpeg', bytes)).toMatchObject({ width: 4000, height: 3000 });
  expect(readHeader('jpeg', bytes.subarray(0, -2))).toEqual({ ok: false, why: 'truncated' });
});

test('what phones append after the end (a film, a second picture) does no harm', () => {
  const bytes = joined(bareJpeg(8, 6), ascii('MotionPhoto'), bareJpeg(1, 1));
  expect(header('jpeg', bytes)).toMatchObject({ width: 8, height: 6 });
});

test('junk between segments is left out, as decoders do', () => {
  const bytes = bareJpeg(8, 6);
  expect(header('jpeg', joined(bytes.subarray(0, 2), [0, 0, 0xff, 0xff], bytes.subarray(2)))).toMatchObject({
    width: 8,
  });
});

test('a JPEG cut off anywhere is told, at every byte', () => {
  const bytes = bareJpeg(40, 30, exifSegment(1));
  for (let length = 3; length < bytes.length; length++)
    expect(readHeader('jpeg', bytes.subarray(0, length))).toEqual({ ok: false, why: 'truncated' });
});

test('a JPEG without a frame, or of no height, cannot be shown', () => {
  expect(readHeader('jpeg', ascii('\xff\xd8\xff\xd9'))).toEqual({ ok: false, why: 'undecodable' });
  expect(readHeader('jpeg', bareJpeg(8, 0))).toEqual({ ok: false, why: 'undecodable' });
});

test.each([
  ['no TIFF', ascii('Exif\0\0nonsense')],
  ['a directory outside', joined(ascii('Exif\0\0MM\0*'), [0xff, 0xff, 0xff, 0xf0])],
  ['a directory cut off', joined(ascii('Exif\0\0'), exifTiff(6).subarray(0, 12))],
  ['an orientation of 9', joined(ascii('Exif\0\0'), exifTiff(9))],
  ['nothing at all', ascii('Exif\0\0')],
])('Exif that cannot be understood (%s) turns nothing', (_, content) => {
  expect(header('jpeg', bareJpeg(8, 6, segment(0xe1, content))).orientation).toBe(1);
});

test('Exif in either byte order', () => {
  const little = joined(
    ascii('II*\0'),
    [8, 0, 0, 0],
    [1, 0],
    [0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0],
    [0, 0, 0, 0],
  );
  const content = joined(ascii('Exif\0\0'), little);
  expect(header('jpeg', bareJpeg(8, 6, segment(0xe1, content))).orientation).toBe(8);
});

test('a PNG tells its size and its orientation; its metadata goes as a whole chunk', () => {
  const bytes = png(300, 200, NO_DATA, pngChunk('eXIf', exifTiff(8)));
  const read = header('png', bytes);
  expect(read).toMatchObject({ width: 300, height: 200, orientation: 8 });
  expect(cut(bytes, read)).toEqual(png(300, 200, NO_DATA));
});

test('a PNG without its end is told, at every byte', () => {
  const bytes = png(300, 200, NO_DATA);
  for (let length = 8; length < bytes.length; length++)
    expect(readHeader('png', bytes.subarray(0, length))).toEqual({ ok: false, why: 'truncated' });
});

test('a PNG that claims 60000 × 60000 is too large by its header alone', () => {
  const lie = header('png', png(60_000, 60_000, NO_DATA).subarray(0, 40));
  expect(isTooLarge(lie)).toBe(true);
});

test('a WebP of each kind tells its size', () => {
  const extended = webp(webpExtended(4000, 3000), riffChunk('EXIF', joined(ascii('Exif\0\0'), exifTiff(6))));
  expect(header('webp', extended)).toMatchObject({ width: 4000, height: 3000, orientation: 6 });
  const lossy = webp(riffChunk('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0xa0, 0x0f, 0xb8, 0x0b]));
  expect(header('webp', lossy)).toMatchObject({ width: 4000, height: 3000 });
  const lossless = webp(riffChunk('VP8L', [0x2f, 0x9f, 0xcf, 0xed, 0x02, 0, 0, 0, 0, 0]));
  expect(header('webp', lossless)).toMatchObject({ width: 4000, height: 2999 + 1 });
});

test('the metadata of a WebP gets a name that readers leave out, so that its lengths stay true', () => {
  const bytes = webp(webpExtended(40, 30), riffChunk('EXIF', exifTiff(3)));
  const read = header('webp', bytes);
  expect(read.orientation).toBe(3);
  expect(cut(bytes, read)).toEqual(webp(webpExtended(40, 30), riffChunk('JUNK', exifTiff(3))));
});

test('a WebP cut off is told', () => {
  const bytes = webp(webpExtended(40, 30), riffChunk('EXIF', exifTiff(3)));
  for (let length = 12; length < bytes.length; length++)
    expect(readHeader('webp', bytes.subarray(0, length))).toEqual({ ok: false, why: 'truncated' });
});

test.each([
  [8000, 6000, false],
  [50_000, 1000, true],
  [7072, 7072, true],
  [20_000, 2500, false],
])('%i × %i pixels: too large %s', (width, height, tooLarge) => {
  expect(isTooLarge({ width, height })).toBe(tooLarge);
});
