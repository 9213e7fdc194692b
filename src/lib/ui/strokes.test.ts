import { describe, expect, it } from 'vitest';
import { MAX_POINTS, MAX_STROKES } from '#lib/domain/signature.ts';
import { packStrokes, strokePath, unpackStrokes } from './strokes.ts';

const stroke = (length: number, offset = 0) => ({
  points: Array.from({ length }, (_, i) => ({ x: i + offset + 0.4, y: 10.6 })),
});

describe('a signature as it travels', () => {
  it('is whole numbers in pairs, without points that stand still', () => {
    const points = [
      { x: 1.2, y: 2.7 },
      { x: 1.4, y: 2.6 },
      { x: 5, y: 6 },
    ];
    expect(packStrokes([{ points }], 599.6, 150)).toEqual({
      width: 600,
      height: 150,
      strokes: [[1, 3, 5, 6]],
    });
  });

  it('never carries more than a command may, and keeps where each stroke ends', () => {
    const packed = packStrokes([stroke(4000), stroke(3000), stroke(7)], 8000, 150);
    const points = packed.strokes.reduce((sum, line) => sum + line.length / 2, 0);
    expect(points).toBeLessThanOrEqual(MAX_POINTS);
    expect(packed.strokes.map((line) => line[line.length - 2])).toEqual([3999, 2999, 6]);
    expect(
      packStrokes(
        Array.from({ length: 500 }, () => stroke(3)),
        600,
        150,
      ).strokes,
    ).toHaveLength(MAX_STROKES);
  });

  it('comes back on a pad of another size, in its own proportions and inside it', () => {
    const packed = packStrokes([{ points: [{ x: 100, y: 50 }] }], 200, 100);
    expect(unpackStrokes(packed, 400, 200)).toEqual([[{ x: 200, y: 100 }]]);
    expect(unpackStrokes(packed, 400, 100)).toEqual([[{ x: 100, y: 50 }]]);
  });

  it('draws a dot as a dot', () => {
    expect(strokePath([4, 5])).toBe('M4 5h0.1');
    expect(strokePath([0, 0, 3, 4])).toBe('M0 0L3 4');
  });
});
