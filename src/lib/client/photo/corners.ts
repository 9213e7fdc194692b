/**
 * The four corners of a sheet in a picture, as fractions of the upright picture (0 to 1), so that a smaller copy of it
 * serves as well. Order: top left, top right, bottom right, bottom left of the sheet, as the person put them.
 */
import type { Point, Quad } from './homography.ts';

export interface Size {
  width: number;
  height: number;
}

/** 整张不裁 */
export const WHOLE: Quad = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];

/** Sides and diagonals this short (of the picture) are a slip of the finger, not a sheet. */
const SHORTEST = 0.04;

/** In order, bulging outwards at every corner, inside the picture and large enough to be a sheet. */
export function isUsable(quad: Quad): boolean {
  return quad.every((point, i) => {
    const next = quad[(i + 1) % 4] as Point;
    const opposite = quad[(i + 2) % 4] as Point;
    const turn = (next.x - point.x) * (opposite.y - next.y) - (next.y - point.y) * (opposite.x - next.x);
    return (
      [point.x, point.y].every((part) => part >= 0 && part <= 1) &&
      Math.min(distance(point, next), distance(point, opposite)) >= SHORTEST &&
      turn > SHORTEST * SHORTEST * 0.1
    );
  });
}

/** The same sheet turned clockwise: what was the left side becomes the top. */
export function turned(quad: Quad, quarterTurns: number): Quad {
  const by = ((quarterTurns % 4) + 4) % 4;
  return quad.map((_, i) => quad[(i - by + 4) % 4]) as unknown as Quad;
}

/** A point of the picture after the picture was turned clockwise. */
export function turnedPoint({ x, y }: Point, quarterTurns: number): Point {
  const by = ((quarterTurns % 4) + 4) % 4;
  if (by === 0) return { x, y };
  return turnedPoint({ x: 1 - y, y: x }, by - 1);
}

/** Corners in pixels of a picture of that size. */
export const inPixels = (quad: Quad, { width, height }: Size): Quad =>
  quad.map(({ x, y }) => ({ x: x * width, y: y * height })) as unknown as Quad;

/**
 * How large the straightened sheet is: its longer sides decide, so that nothing of it is lost; not longer than
 * `longSide`, and never enlarged.
 */
export function outputSize([a, b, c, d]: Quad, longSide: number): Size {
  const width = Math.max(distance(a, b), distance(d, c));
  const height = Math.max(distance(a, d), distance(b, c));
  const factor = Math.min(1, longSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
