/**
 * A signature as it travels: whole CSS pixels, strokes as [x, y, x, y, …], within a width and height.
 * Invariant: never more points than a command may carry (`MAX_POINTS`, `MAX_STROKES` of the domain).
 */
import { MAX_POINTS, MAX_STROKES } from '#lib/domain/signature.ts';

export interface Strokes {
  width: number;
  height: number;
  strokes: number[][];
}

interface Point {
  x: number;
  y: number;
}

/** Rounds, leaves out points that stand still, and thins evenly what is too long; ends of strokes stay. */
export function packStrokes(
  groups: readonly { points: readonly Point[] }[],
  width: number,
  height: number,
): Strokes {
  const lines = groups
    .slice(0, MAX_STROKES)
    .map(({ points }) => points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })))
    .map((points) =>
      points.filter((p, i) => i === 0 || p.x !== points[i - 1]?.x || p.y !== points[i - 1]?.y),
    );
  const total = lines.reduce((sum, points) => sum + points.length, 0);
  // a dot stays a dot; the rest keeps every n-th point and its last
  const step = Math.max(1, Math.ceil(total / (MAX_POINTS - 2 * lines.length)));
  const kept = lines.map((points) => points.filter((_, i) => i % step === 0 || i === points.length - 1));
  return {
    width: Math.round(width),
    height: Math.round(height),
    strokes: kept.filter((points) => points.length > 0).map((points) => points.flatMap(({ x, y }) => [x, y])),
  };
}

/** Strokes as points of a pad of this size; the proportions are kept and nothing falls outside. */
export function unpackStrokes(
  { width, height, strokes }: Strokes,
  padWidth: number,
  padHeight: number,
): Point[][] {
  const scale = width > 0 && height > 0 ? Math.min(padWidth / width, padHeight / height) : 1;
  return strokes.map((stroke) => {
    const points: Point[] = [];
    for (let i = 0; i + 1 < stroke.length; i += 2)
      points.push({ x: (stroke[i] ?? 0) * scale, y: (stroke[i + 1] ?? 0) * scale });
    return points;
  });
}

/** One stroke as an SVG path; a dot is a short line, so that it has ink. */
export function strokePath(stroke: readonly number[]): string {
  const [x = 0, y = 0] = stroke;
  if (stroke.length <= 2) return `M${x} ${y}h0.1`;
  let path = `M${x} ${y}`;
  for (let i = 2; i + 1 < stroke.length; i += 2) path += `L${stroke[i] ?? 0} ${stroke[i + 1] ?? 0}`;
  return path;
}
