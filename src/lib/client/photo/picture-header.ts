/**
 * What a picture says of itself before it is decoded: size, orientation, whether its end is there. Decoding a lie of
 * 60000 × 60000 pixels costs 14 GB; reading its header costs nothing. Pixels and sides are capped as at the office
 * (protocol/photo.ts).
 */
import type { Size } from './corners.ts';
import { orientationIn, type Orientation } from './exif.ts';

/** Bytes `from` to `to` give way to `by` before decoding: metadata, and with it place and time of the photo. */
export interface Cut {
  from: number;
  to: number;
  by: Uint8Array<ArrayBuffer>;
}

export interface PictureHeader extends Size {
  /** As stored, not yet turned. */
  orientation: Orientation;
  cuts: Cut[];
}

export type HeaderRead =
  { ok: true; header: PictureHeader } | { ok: false; why: 'truncated' | 'undecodable' };

const TRUNCATED = { ok: false, why: 'truncated' } as const;
const UNDECODABLE = { ok: false, why: 'undecodable' } as const;
const NOTHING = new Uint8Array();

const MOST_PIXELS = 50_000_000;
const MOST_SIDE = 20_000;
export const isTooLarge = ({ width, height }: Size): boolean =>
  width * height > MOST_PIXELS || Math.max(width, height) > MOST_SIDE;

/** Reads all of the file, because only its end proves that it is whole; what is too large is known before that. */
export function readHeader(type: 'jpeg' | 'png' | 'webp', bytes: Uint8Array): HeaderRead {
  if (type === 'jpeg') return readJpeg(bytes);
  return type === 'png' ? readPng(bytes) : readWebp(bytes);
}

/** SOF markers hold the size; C4, C8 and CC in the same range are something else. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Markers without a length of their own. */
const isBare = (marker: number): boolean => marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Segment by segment (ITU-T T.81, B.1): a thumbnail inside a segment has an end of its own, which proves nothing. */
function readJpeg(bytes: Uint8Array): HeaderRead {
  const view = viewOf(bytes);
  const found: Omit<PictureHeader, keyof Size> & { size: Size | null } = {
    size: null,
    orientation: 1,
    cuts: [],
  };
  let at = 2;
  for (;;) {
    // decoders leave out junk between segments, and so do we
    at = bytes.indexOf(0xff, at);
    while (at >= 0 && bytes[at + 1] === 0xff) at += 1;
    if (at < 0 || at + 2 > bytes.length) return TRUNCATED;
    const marker = bytes[at + 1] as number;
    if (marker === 0xd9) break;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    if (at + 4 > bytes.length) return TRUNCATED;
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length) return TRUNCATED;
    if (isFrame(marker) && !found.size) {
      if (end < at + 9) return UNDECODABLE;
      found.size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      if (isTooLarge(found.size)) break;
    }
    if (marker === 0xe1 && isExif(bytes, at + 4)) {
      if (found.cuts.length === 0) found.orientation = orientationIn(bytes.subarray(at + 10, end));
      found.cuts.push({ from: at, to: end, by: NOTHING });
    }
    at = marker === 0xda ? afterScan(bytes, end) : end;
  }
  const { size, ...rest } = found;
  // height 0 is told after the scan (DNL); no camera does it and no browser shows it
  if (!size || size.width === 0 || size.height === 0) return UNDECODABLE;
  return { ok: true, header: { ...size, ...rest } };
}

/** Where the coded data of a scan ends: at the first marker that is no stuffing (00) and no restart. */
function afterScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return bytes.length;
}

const isExif = (bytes: Uint8Array, at: number): boolean => is(bytes, at, 'Exif\0');

function readPng(bytes: Uint8Array): HeaderRead {
  const view = viewOf(bytes);
  if (bytes.length < 33) return TRUNCATED;
  if (!is(bytes, 12, 'IHDR')) return UNDECODABLE;
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  if (size.width === 0 || size.height === 0) return UNDECODABLE;
  const header: PictureHeader = { ...size, orientation: 1, cuts: [] };
  if (isTooLarge(size)) return { ok: true, header };
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) return TRUNCATED;
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return TRUNCATED;
    if (is(bytes, at + 4, 'IEND')) return { ok: true, header };
    if (is(bytes, at + 4, 'eXIf')) {
      if (header.cuts.length === 0) header.orientation = orientationIn(bytes.subarray(at + 8, end - 4));
      header.cuts.push({ from: at, to: end, by: NOTHING });
    }
    at = end;
  }
}

/** RIFF: the size stands in the first chunk, which is one of three kinds. */
function readWebp(bytes: Uint8Array): HeaderRead {
  const view = viewOf(bytes);
  if (bytes.length < 30 || view.getUint32(4, true) + 8 > bytes.length) return TRUNCATED;
  const size = webpSize(bytes, view);
  if (!size || size.width === 0 || size.height === 0) return UNDECODABLE;
  const header: PictureHeader = { ...size, orientation: 1, cuts: [] };
  for (let at = 12; at + 8 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at + 4, true);
    if (end > bytes.length) return TRUNCATED;
    if (is(bytes, at, 'EXIF')) {
      const start = isExif(bytes, at + 8) ? at + 14 : at + 8;
      if (header.cuts.length === 0) header.orientation = orientationIn(bytes.subarray(start, end));
      // readers leave out what they do not know; taking it out would make the lengths wrong
      header.cuts.push({ from: at, to: at + 4, by: Uint8Array.from('JUNK', (char) => char.charCodeAt(0)) });
    }
    at = end + (end % 2);
  }
  return { ok: true, header };
}

function webpSize(bytes: Uint8Array, view: DataView): Size | null {
  const three = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
  if (is(bytes, 12, 'VP8X')) return { width: three(24) + 1, height: three(27) + 1 };
  if (is(bytes, 12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (!is(bytes, 12, 'VP8 ')) return null;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const is = (bytes: Uint8Array, at: number, magic: string): boolean =>
  [...magic].every((char, i) => bytes[at + i] === char.charCodeAt(0));
