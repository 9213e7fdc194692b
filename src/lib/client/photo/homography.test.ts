import fc from 'fast-check';
import { expect, test } from 'vitest';
import { homography, project, type Point, type Quad } from './homography.ts';

const quad = (...points: [number, number][]): Quad => points.map(([x, y]) => ({ x, y })) as unknown as Quad;
const UNIT = quad([0, 0], [1, 0], [1, 1], [0, 1]);

/** Exact values by Heckbert's closed formula for a square (Fundamentals of Texture Mapping, 1989, §2.2.3), in fractions. */
test.each([
  [quad([0, 0], [2, 0], [3, 2], [0, 1]), [6 / 5, 0, 0, 0, 4 / 5, 0, -2 / 5, -1 / 5, 1]],
  [
    quad([10, 20], [110, 10], [100, 120], [5, 90]),
    [2562 / 43, -212 / 43, 10, -588 / 43, 3064 / 43, 20, -79 / 215, 3 / 215, 1],
  ],
])('the golden values of a square seen at a slant', (to, golden) => {
  const h = homography(UNIT, to);
  golden.forEach((value, i) => expect(h?.[i]).toBeCloseTo(value, 10));
});

test('the middle of a square goes where its diagonals cross, not to the mean of the corners', () => {
  const h = homography(UNIT, quad([0, 0], [2, 0], [3, 2], [0, 1]));
  const { x, y } = project(h!, { x: 0.5, y: 0.5 });
  expect(x).toBeCloseTo(6 / 7, 10);
  expect(y).toBeCloseTo(4 / 7, 10);
});

const coordinate = fc.integer({ min: -4000, max: 4000 });
const corner = fc.record({ x: coordinate, y: coordinate });
const quads = fc.tuple(corner, corner, corner, corner).filter((points) => {
  const area = (a: Point, b: Point, c: Point): number =>
    Math.abs((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
  return points.every((point, i) => area(point, points[(i + 1) % 4]!, points[(i + 2) % 4]!) > 10_000);
});

test('every corner arrives where it should, and the way back undoes the way there', () => {
  fc.assert(
    fc.property(quads, quads, (from, to) => {
      const there = homography(from, to);
      const back = homography(to, from);
      if (!there || !back) return;
      from.forEach((point, i) => {
        const arrived = project(there, point);
        expect(Math.hypot(arrived.x - to[i]!.x, arrived.y - to[i]!.y)).toBeLessThan(0.01);
        const returned = project(back, to[i]!);
        expect(Math.hypot(returned.x - point.x, returned.y - point.y)).toBeLessThan(0.01);
      });
    }),
  );
});

test('three corners on one line span no sheet', () => {
  expect(homography(quad([0, 0], [1, 0], [2, 0], [0, 1]), UNIT)).toBeNull();
  expect(homography(quad([5, 5], [5, 5], [5, 5], [5, 5]), UNIT)).toBeNull();
});
