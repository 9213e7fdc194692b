/** Pictures drawn in the browser for tests: sheets of print, quarters of colour, chequered sheets at a slant. */
import { homography, project, type Quad } from '#lib/client/photo/homography.ts';

export interface Drawing {
  canvas: OffscreenCanvas;
  paint: OffscreenCanvasRenderingContext2D;
}

export function drawing(width: number, height: number): Drawing {
  const canvas = new OffscreenCanvas(width, height);
  const paint = canvas.getContext('2d', { willReadFrequently: true });
  if (!paint) throw new Error('no canvas');
  return { canvas, paint };
}

export const asJpeg = (canvas: OffscreenCanvas, quality = 0.92): Promise<Blob> =>
  canvas.convertToBlob({ type: 'image/jpeg', quality });

export const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.arrayBuffer());

/** A sheet of print on a desk, with the grain of a cheap sensor: what agents photograph. */
export function printedSheet(width: number, height: number, { blur = 0, light = 1 } = {}): OffscreenCanvas {
  const { canvas, paint } = drawing(width, height);
  paint.fillStyle = '#6b5a48';
  paint.fillRect(0, 0, width, height);
  const paper = paint.createLinearGradient(0, 0, width, height);
  paper.addColorStop(0, '#fffdf5');
  paper.addColorStop(1, '#c9c4b8');
  paint.fillStyle = paper;
  paint.fillRect(width * 0.04, height * 0.04, width * 0.92, height * 0.92);
  if (blur > 0) paint.filter = `blur(${blur}px)`;
  paint.fillStyle = '#1c1c1c';
  const size = Math.round(height / 85);
  paint.font = `${size}px "Noto Sans CJK SC", sans-serif`;
  const line = '河南省安阳市滑县白道口镇许村老年人高龄津贴申请表一二三四五六七八九十';
  for (let y = height * 0.09; y < height * 0.92; y += size * 1.9)
    paint.fillText(line.repeat(3), width * 0.08, y, width * 0.84);
  paint.filter = 'none';
  grain(paint, width, height);
  if (light < 1) {
    paint.fillStyle = `rgb(0 0 0 / ${1 - light})`;
    paint.fillRect(0, 0, width, height);
  }
  return canvas;
}

/** The same grain over and over: a tile of pseudo-random specks. */
function grain(paint: OffscreenCanvasRenderingContext2D, width: number, height: number): void {
  const tile = drawing(256, 256);
  const specks = new ImageData(256, 256);
  for (let i = 0, seed = 1; i < specks.data.length; i += 4) {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    specks.data.fill(seed >>> 24, i, i + 3);
    specks.data[i + 3] = 24;
  }
  tile.paint.putImageData(specks, 0, 0);
  const pattern = paint.createPattern(tile.canvas, 'repeat');
  if (pattern) paint.fillStyle = pattern;
  paint.fillRect(0, 0, width, height);
}

/** Noise in every pixel: what can be pressed least. */
export function noise(width: number, height: number): OffscreenCanvas {
  const { canvas, paint } = drawing(width, height);
  const rows = new ImageData(width, 64);
  const words = new Uint32Array(rows.data.buffer);
  let seed = 7;
  for (let y = 0; y < height; y += rows.height) {
    for (let i = 0; i < words.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      words[i] = seed | 0xff000000;
    }
    paint.putImageData(rows, 0, y);
  }
  return canvas;
}

export const QUARTERS = ['red', 'lime', 'blue', 'yellow'] as const;
export type Quarter = (typeof QUARTERS)[number];

/** Top left red, top right lime, bottom left blue, bottom right yellow. */
export function quarters(width: number, height: number): OffscreenCanvas {
  const { canvas, paint } = drawing(width, height);
  QUARTERS.forEach((colour, i) => {
    paint.fillStyle = colour;
    paint.fillRect((i % 2) * (width / 2), (i >> 1) * (height / 2), width / 2, height / 2);
  });
  return canvas;
}

/** Which colour each quarter of a picture has, in the order of QUARTERS. */
export async function quartersOf(picture: Blob): Promise<(Quarter | 'other')[]> {
  const bitmap = await createImageBitmap(picture);
  const { paint } = drawing(bitmap.width, bitmap.height);
  paint.drawImage(bitmap, 0, 0);
  return [0, 1, 2, 3].map((i) => {
    const x = bitmap.width * (i % 2 ? 0.75 : 0.25);
    const y = bitmap.height * (i > 1 ? 0.75 : 0.25);
    const [r = 0, g = 0, b = 0] = paint.getImageData(x, y, 1, 1).data;
    const key = [r, g, b].map((part) => (part > 200 ? 1 : part < 55 ? 0 : 2)).join('');
    return ({ '100': 'red', '010': 'lime', '001': 'blue', '110': 'yellow' } as const)[key] ?? 'other';
  });
}

/** A chequered sheet of `across` × `down` cells, seen with its corners there. */
export function chequeredSheet(
  width: number,
  height: number,
  corners: Quad,
  [across, down]: readonly [number, number],
): OffscreenCanvas {
  const { canvas, paint } = drawing(width, height);
  paint.fillStyle = '#808080';
  paint.fillRect(0, 0, width, height);
  const sheet: Quad = [
    { x: 0, y: 0 },
    { x: across, y: 0 },
    { x: across, y: down },
    { x: 0, y: down },
  ];
  const seen = homography(sheet, corners);
  if (!seen) throw new Error('no sheet');
  for (let row = 0; row < down; row++)
    for (let column = 0; column < across; column++) {
      paint.fillStyle = (row + column) % 2 ? 'white' : 'black';
      paint.beginPath();
      for (const [x, y] of [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const) {
        const point = project(seen, { x, y });
        paint.lineTo(point.x, point.y);
      }
      paint.fill();
    }
  return canvas;
}
