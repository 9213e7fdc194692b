/**
 * Of Exif only what a picture needs to stand upright: its orientation, and where the whole of it lies, to be cut out before
 * decoding. Decoders differ in when they turn a picture (Chromium 109 after resizing, later ones before); without Exif they
 * have nothing to turn, and we do it.
 */
import type { Point } from './homography.ts';

/** 1 upright, 3 upside down, 6 and 8 on its side; 2, 4, 5, 7 the same mirrored (Exif 2.32, tag 0x0112). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** @param tiff from the byte order mark on; 1 when it says nothing that can be understood */
export function orientationIn(tiff: Uint8Array): Orientation {
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (tiff.length < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + i * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(at + 8, little);
    return view.getUint16(at + 2, little) === SHORT && value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

/** Whether width and height change places. */
export const isSideways = (orientation: Orientation): boolean => orientation >= 5;

/**
 * The matrix (a b c d e f of a canvas) that draws a stored picture of that size upright.
 * @returns e.g. for 6: x goes down, y goes left
 */
export function uprightMatrix(
  orientation: Orientation,
  { x: w, y: h }: Point,
): [a: number, b: number, c: number, d: number, e: number, f: number] {
  switch (orientation) {
    case 1:
      return [1, 0, 0, 1, 0, 0];
    case 2:
      return [-1, 0, 0, 1, w, 0];
    case 3:
      return [-1, 0, 0, -1, w, h];
    case 4:
      return [1, 0, 0, -1, 0, h];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, h, 0];
    case 7:
      return [0, -1, -1, 0, h, w];
    case 8:
      return [0, -1, 1, 0, 0, w];
  }
}
