/**
 * Whether a picture can be read: 清楚, 可能模糊 or 太暗. The variance of the Laplacian against the variance of the brightness,
 * tile by tile: a blurred edge loses the first long before the second, and contrast cancels out. Blank tiles say nothing, so
 * a page with three lines on it is judged by its three lines; the grain of the sensor is taken off both, as the calmest
 * tiles show it. A warning, never a refusal: a person looks and decides.
 *
 * Measured on Chinese print (9 to 27 pt on A4) with and without grain, 1024 pixels long, upper quarter of its tiles: sharp
 * ≥ 1.0, hard to read 0.5 to 0.7, unreadable ≤ 0.2. People and places are softer: sharp ≥ 0.4, blurred ≤ 0.06.
 */
import type { Size } from './corners.ts';

export type Clarity = 'clear' | 'blurred' | 'dark';

/** Brightness, one byte a pixel. */
export interface Grey extends Size {
  data: Uint8Array;
}

/** The judged picture is made this long; figures above are for it. */
export const CLARITY_SIDE = 1024;

const TILE = 64;
/** Variance of brightness from which a tile shows something (standard deviation 9 of 255). */
const SOMETHING = 80;
const SHARP_PRINT = 0.35;
const SHARP_SCENE = 0.06;
/** Of white noise the Laplacian has twenty times the variance: 4² + 4 × 1². */
const NOISE_GAIN = 20;
/** More than this in the calmest tiles is no grain but print from edge to edge. */
const MOST_GRAIN = 400;
/** The light parts of a sheet in bad light. */
const DARK = 70;

/** @param of print is judged more strictly than a photo of a person or a place */
export function clarityOf(grey: Grey, of: 'print' | 'scene'): Clarity {
  const tiles = tilesOf(grey);
  const light = quantile(
    tiles.map((tile) => tile.mean),
    0.9,
  );
  if (light < DARK) return 'dark';
  const edges = tiles.map((tile) => tile.edges);
  const grain = Math.min(MOST_GRAIN, quantile(edges, 0.1));
  const ratios = tiles.flatMap((tile) => {
    const shown = tile.variance - grain / NOISE_GAIN;
    return shown > SOMETHING ? [Math.max(0, tile.edges - grain) / shown] : [];
  });
  // a blank sheet: nothing that could be blurred
  if (ratios.length === 0) return 'clear';
  const sharpness = quantile(ratios, 0.75);
  return sharpness < (of === 'print' ? SHARP_PRINT : SHARP_SCENE) ? 'blurred' : 'clear';
}

/** Brightness of pixels as ImageData holds them (ITU-R BT.601). */
export function greyOf({ data, width, height }: Size & { data: Uint8ClampedArray }): Grey {
  const grey = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < grey.length; i++, p += 4)
    grey[i] = 0.299 * (data[p] ?? 0) + 0.587 * (data[p + 1] ?? 0) + 0.114 * (data[p + 2] ?? 0);
  return { data: grey, width, height };
}

interface Tile {
  mean: number;
  variance: number;
  /** Variance of the Laplacian. */
  edges: number;
}

function tilesOf({ data, width, height }: Grey): Tile[] {
  const tiles: Tile[] = [];
  const [across, down] = [Math.min(TILE, width), Math.min(TILE, height)];
  for (let top = 0; top + down <= height; top += down)
    for (let left = 0; left + across <= width; left += across)
      tiles.push(tileOf(data, width, left, top, across, down));
  return tiles;
}

function tileOf(
  data: Uint8Array,
  stride: number,
  left: number,
  top: number,
  across: number,
  down: number,
): Tile {
  let [sum, squares, bends, bendSquares, count] = [0, 0, 0, 0, 0];
  const grey = (index: number): number => data[index] as number;
  for (let y = top + 1; y < top + down - 1; y++) {
    for (let x = left + 1; x < left + across - 1; x++) {
      const i = y * stride + x;
      const value = grey(i);
      const bend = 4 * value - grey(i - 1) - grey(i + 1) - grey(i - stride) - grey(i + stride);
      sum += value;
      squares += value * value;
      bends += bend;
      bendSquares += bend * bend;
      count += 1;
    }
  }
  if (count === 0) return { mean: grey(top * stride + left), variance: 0, edges: 0 };
  return {
    mean: sum / count,
    variance: squares / count - (sum / count) ** 2,
    edges: bendSquares / count - (bends / count) ** 2,
  };
}

function quantile(values: number[], share: number): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
