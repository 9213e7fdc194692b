import { expect, test } from 'vitest';
import type { Size } from './corners.ts';
import { homography, project, type Quad } from './homography.ts';
import { partFor, planWarp, STRIP_ROWS, warpStrip, type Part, type Pixels } from './warp.ts';

const blank = ({ width, height }: Size): Pixels => ({
  data: new Uint8ClampedArray(width * height * 4),
  width,
  height,
});
const quad = (...points: [number, number][]): Quad => points.map(([x, y]) => ({ x, y })) as unknown as Quad;

function drawn(size: Size, colour: (x: number, y: number) => number): Pixels {
  const picture = blank(size);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++)
      picture.data.set([colour(x, y), colour(x, y), 255 - colour(x, y), 255], (y * size.width + x) * 4);
  return picture;
}

function copied(source: Pixels, part: Part): Pixels {
  const copy = blank(part);
  for (let row = 0; row < part.height; row++) {
    const from = ((part.y + row) * source.width + part.x) * 4;
    copy.data.set(source.data.subarray(from, from + part.width * 4), row * part.width * 4);
  }
  return copy;
}

/** All strips, as the worker makes them. */
function warped(source: Pixels, corners: Quad, out: Size, rows = STRIP_ROWS): Pixels {
  const plan = planWarp(corners, out);
  const result = blank(out);
  for (let from = 0; from < out.height; from += rows) {
    const strip = blank({ width: out.width, height: Math.min(rows, out.height - from) });
    const part = partFor(plan, from, from + strip.height, source);
    warpStrip(plan, from, strip, part, copied(source, part));
    result.data.set(strip.data, from * out.width * 4);
  }
  return result;
}

const whole = ({ width, height }: Size): Quad => quad([0, 0], [width, 0], [width, height], [0, height]);

test('the whole picture at its own size comes out pixel by pixel', () => {
  const source = drawn({ width: 37, height: 23 }, (x, y) => (x * 7 + y * 13) % 256);
  expect(warped(source, whole(source), source).data).toEqual(source.data);
});

test('turned by corners alone it comes out pixel by pixel, turned', () => {
  const source = drawn({ width: 5, height: 3 }, (x, y) => x * 40 + y * 10);
  const [tl, tr, br, bl] = whole(source);
  const result = warped(source, [bl, tl, tr, br], { width: 3, height: 5 });
  const red = (x: number, y: number): number => result.data[(y * 3 + x) * 4]!;
  expect([red(0, 0), red(2, 0), red(0, 4), red(2, 4)]).toEqual([20, 0, 180, 160]);
});

test('a chequered sheet photographed at a slant comes back straight', () => {
  const out = { width: 160, height: 120 };
  const corners = quad([60, 40], [330, 20], [380, 270], [20, 230]);
  const cell = 20;
  const onSheet = homography(corners, whole(out))!;
  // inside a cell each sample is black or white; the photo itself is drawn with 3 × 3 samples
  const photo = drawn({ width: 400, height: 300 }, (x, y) => {
    let sum = 0;
    for (let j = 0; j < 3; j++)
      for (let i = 0; i < 3; i++) {
        const point = project(onSheet, { x: x + (i + 0.5) / 3, y: y + (j + 0.5) / 3 });
        sum += (Math.floor(point.x / cell) + Math.floor(point.y / cell)) & 1 ? 255 : 0;
      }
    return sum / 9;
  });
  const result = warped(photo, corners, out, 32);
  let [worst, sum] = [0, 0];
  for (let y = 0; y < out.height; y++)
    for (let x = 0; x < out.width; x++) {
      const golden = (Math.floor(x / cell) + Math.floor(y / cell)) & 1 ? 255 : 0;
      const off = Math.abs(result.data[(y * out.width + x) * 4]! - golden);
      const edge = [x % cell, y % cell].some((part) => part < 2 || part >= cell - 2);
      if (!edge) worst = Math.max(worst, off);
      sum += off;
    }
  expect(worst).toBeLessThanOrEqual(2);
  expect(sum / (out.width * out.height)).toBeLessThan(10);
});

test('strips of any height make the same picture', () => {
  const source = drawn({ width: 200, height: 150 }, (x, y) => (x * 31 + y * 17) % 256);
  const corners = quad([20, 10], [190, 30], [170, 140], [5, 120]);
  const out = { width: 90, height: 70 };
  expect(warped(source, corners, out, 7).data).toEqual(warped(source, corners, out, 70).data);
});

test('a much smaller picture is the mean of what it was made of: fine lines do not flicker', () => {
  const source = drawn({ width: 300, height: 300 }, (x) => (x % 2) * 255);
  const { data } = warped(source, whole(source), { width: 100, height: 100 });
  const reds = data.filter((_, i) => i % 4 === 0);
  expect(Math.max(...reds) - Math.min(...reds)).toBeLessThan(90);
});

test('a corner on the very edge reads nothing beyond it', () => {
  const source = drawn({ width: 10, height: 10 }, () => 200);
  const { data } = warped(source, whole(source), { width: 33, height: 29 });
  expect(data.every((value, i) => value === (i % 4 < 2 ? 200 : i % 4 === 2 ? 55 : 255))).toBe(true);
});
