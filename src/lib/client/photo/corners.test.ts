import { expect, test } from 'vitest';
import { inPixels, isUsable, outputSize, turned, turnedPoint, WHOLE } from './corners.ts';
import type { Quad } from './homography.ts';

const quad = (...points: [number, number][]): Quad => points.map(([x, y]) => ({ x, y })) as unknown as Quad;

test.each<[string, Quad, boolean]>([
  ['the whole picture', WHOLE, true],
  ['a sheet at a slant', quad([0.1, 0.2], [0.9, 0.1], [0.8, 0.95], [0.05, 0.8]), true],
  ['a sheet that lies on its head', quad([0.9, 0.9], [0.1, 0.9], [0.1, 0.1], [0.9, 0.1]), true],
  ['two corners exchanged', quad([0.9, 0.1], [0.1, 0.1], [0.9, 0.9], [0.1, 0.9]), false],
  ['a corner pushed in beyond the diagonal', quad([0.6, 0.6], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]), false],
  ['mirrored', quad([0.9, 0.1], [0.1, 0.1], [0.1, 0.9], [0.9, 0.9]), false],
  ['a slip of the finger', quad([0.5, 0.5], [0.52, 0.5], [0.52, 0.52], [0.5, 0.52]), false],
  ['a corner outside', quad([-0.01, 0], [1, 0], [1, 1], [0, 1]), false],
  ['no numbers', quad([NaN, 0], [1, 0], [1, 1], [0, 1]), false],
])('%s: can be a sheet, or not', (_, corners, usable) => {
  expect(isUsable(corners)).toBe(usable);
});

test('turned once clockwise the left side becomes the top; four turns change nothing', () => {
  const [tl, tr, br, bl] = WHOLE;
  expect(turned(WHOLE, 1)).toEqual([bl, tl, tr, br]);
  expect(turned(WHOLE, 2)).toEqual([br, bl, tl, tr]);
  expect(turned(WHOLE, -1)).toEqual(turned(WHOLE, 3));
  expect(turned(WHOLE, 4)).toEqual(WHOLE);
});

test('a point goes round with the picture', () => {
  const point = { x: 0.25, y: 0.125 };
  expect(turnedPoint(point, 1)).toEqual({ x: 0.875, y: 0.25 });
  expect(turnedPoint(turnedPoint(point, 1), -1)).toEqual(point);
});

test('the longer sides decide how large a sheet comes out; it is never enlarged', () => {
  const slanted = inPixels(quad([0.1, 0.1], [0.9, 0.1], [0.8, 0.9], [0.2, 0.9]), {
    width: 1000,
    height: 500,
  });
  expect(outputSize(slanted, 10_000)).toEqual({ width: 800, height: Math.round(Math.hypot(100, 400)) });
  expect(outputSize(inPixels(WHOLE, { width: 4000, height: 3000 }), 2000)).toEqual({
    width: 2000,
    height: 1500,
  });
  expect(outputSize(inPixels(WHOLE, { width: 5000, height: 1 }), 1000)).toEqual({ width: 1000, height: 1 });
});
