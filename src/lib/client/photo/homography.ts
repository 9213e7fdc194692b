/**
 * The perspective between two planes: which 3 × 3 matrix takes four points to four others (a sheet photographed at a slant
 * to the sheet seen from above). Solved exactly as 8 linear equations; h[8] is 1.
 */
export interface Point {
  x: number;
  y: number;
}

/** Top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];

/** Row by row: x' = (h0 x + h1 y + h2) / w, y' = (h3 x + h4 y + h5) / w, w = h6 x + h7 y + 1. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** A pivot this small against the largest number of its equations means that three points lie on one line. */
const SINGULAR = 1e-12;

/** Takes each point of `from` to the same of `to`; null when three of either lie on one line. */
export function homography(from: Quad, to: Quad): Homography | null {
  const rows = from.flatMap(({ x, y }, i) => {
    const { x: u, y: v } = to[i] as Point;
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const h = solve(rows);
  return h && ([...h, 1] as unknown as Homography);
}

/** Where the point goes. */
export function project(h: Homography, { x, y }: Point): Point {
  const w = h[6] * x + h[7] * y + h[8];
  return { x: (h[0] * x + h[1] * y + h[2]) / w, y: (h[3] * x + h[4] * y + h[5]) / w };
}

/** Gauss with the largest pivot first; each row ends in its right-hand side. null when there is no one solution. */
function solve(rows: number[][]): number[] | null {
  const n = rows.length;
  const scale = Math.max(...rows.flat().map(Math.abs));
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(at(rows, row, column)) > Math.abs(at(rows, best, column))) best = row;
    if (!(Math.abs(at(rows, best, column)) > SINGULAR * scale)) return null;
    [rows[column], rows[best]] = [rows[best] as number[], rows[column] as number[]];
    for (let row = column + 1; row < n; row++) {
      const factor = at(rows, row, column) / at(rows, column, column);
      for (let k = column; k <= n; k++)
        (rows[row] as number[])[k] = at(rows, row, k) - factor * at(rows, column, k);
    }
  }
  const solved = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let rest = at(rows, row, n);
    for (let k = row + 1; k < n; k++) rest -= at(rows, row, k) * (solved[k] as number);
    solved[row] = rest / at(rows, row, row);
  }
  return solved;
}

const at = (rows: readonly number[][], row: number, column: number): number =>
  (rows[row] as number[])[column] as number;
