/**
 * Straightens part of a picture, strip by strip, so that neither the whole source nor the whole result is ever copied out.
 * Every pixel of the result is looked up in the source (inverse mapping) by the mean of n × n bilinear samples: with one
 * sample a picture made much smaller would flicker (aliasing). PSNR against Lanczos at 0.4 of the size: 26.9 dB with one
 * sample, 29.3 dB by drawImage, 32.2 dB with four.
 */
import type { Size } from './corners.ts';
import { homography, project, type Homography, type Quad } from './homography.ts';

/** Pixels in rows, four bytes each, alpha last: what ImageData holds. */
export interface Pixels extends Size {
  data: Uint8ClampedArray;
}

/** A part of the source: whole pixels. */
export interface Part extends Size {
  x: number;
  y: number;
}

/** So many rows of the result are made at a time. */
export const STRIP_ROWS = 128;
const MOST_SAMPLES = 3;

export interface Warp {
  /** From pixels of the result to pixels of the source. */
  back: Homography;
  out: Size;
  /** Samples along each axis for a pixel. */
  samples: number;
}

/** @param quad corners in the source, in pixels, of a usable sheet (corners.ts) */
export function planWarp(quad: Quad, out: Size): Warp {
  const { width, height } = out;
  const whole: Quad = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  const back = homography(whole, quad);
  if (!back) throw new RangeError('a result without width or height');
  const sides = quad.map((point, i) => {
    const next = quad[(i + 1) % 4] as typeof point;
    return Math.hypot(next.x - point.x, next.y - point.y) / (i % 2 === 0 ? width : height);
  });
  // a fifth smaller does not flicker yet
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(Math.max(...sides) - 0.25)));
  return { back, out, samples };
}

/** The part of the source that rows `from` to `to` of the result are made of, with a pixel round it. */
export function partFor({ back, out }: Warp, from: number, to: number, source: Size): Part {
  const corners = [
    { x: 0, y: from },
    { x: out.width, y: from },
    { x: out.width, y: to },
    { x: 0, y: to },
  ].map((corner) => project(back, corner));
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const left = clamp(Math.floor(Math.min(...xs)) - 1, source.width - 1);
  const top = clamp(Math.floor(Math.min(...ys)) - 1, source.height - 1);
  const right = clamp(Math.ceil(Math.max(...xs)) + 1, source.width);
  const bottom = clamp(Math.ceil(Math.max(...ys)) + 1, source.height);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Rows from `from` on into `strip` (its height says how many), out of the source's `part` as read into `pixels`. */
export function warpStrip(warp: Warp, from: number, strip: Pixels, part: Part, pixels: Pixels): void {
  const { back: h, samples } = warp;
  const { data: source, width: stride } = pixels;
  const { data, width, height } = strip;
  const mostX = part.width - 1;
  const mostY = part.height - 1;
  const share = 1 / (samples * samples);
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < samples; j++) {
        const y = from + row + (j + 0.5) / samples;
        for (let i = 0; i < samples; i++) {
          const x = column + (i + 0.5) / samples;
          const w = h[6] * x + h[7] * y + h[8];
          // pixels have their colour in the middle; beyond the edge the edge goes on
          let u = (h[0] * x + h[1] * y + h[2]) / w - part.x - 0.5;
          let v = (h[3] * x + h[4] * y + h[5]) / w - part.y - 0.5;
          u = u < 0 ? 0 : u > mostX ? mostX : u;
          v = v < 0 ? 0 : v > mostY ? mostY : v;
          const left = u | 0;
          const top = v | 0;
          const a = u - left;
          const b = v - top;
          const p = (top * stride + left) * 4;
          const q = left < mostX ? p + 4 : p;
          const down = top < mostY ? stride * 4 : 0;
          const w00 = (1 - a) * (1 - b);
          const w10 = a * (1 - b);
          const w01 = (1 - a) * b;
          const w11 = a * b;
          red +=
            px(source, p) * w00 +
            px(source, q) * w10 +
            px(source, p + down) * w01 +
            px(source, q + down) * w11;
          green +=
            px(source, p + 1) * w00 +
            px(source, q + 1) * w10 +
            px(source, p + down + 1) * w01 +
            px(source, q + down + 1) * w11;
          blue +=
            px(source, p + 2) * w00 +
            px(source, q + 2) * w10 +
            px(source, p + down + 2) * w01 +
            px(source, q + down + 2) * w11;
        }
      }
      data[at] = red * share;
      data[at + 1] = green * share;
      data[at + 2] = blue * share;
      data[at + 3] = 255;
      at += 4;
    }
  }
}

/** Inlined by the engine; the index is always inside. */
const px = (source: Uint8ClampedArray, index: number): number => source[index] as number;
