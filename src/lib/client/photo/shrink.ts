/** From an upright picture to what is kept and sent: straightened, small enough, judged, with its thumbnail. In a worker. */
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import { CLARITY_SIDE, clarityOf, greyOf, type Clarity } from './clarity.ts';
import { inPixels, isUsable, outputSize, turned, WHOLE, type Size } from './corners.ts';
import { paintable } from './decode.ts';
import type { Quad } from './homography.ts';
import type { How, LookedAt, Prepared } from './prepared.ts';
import { firstTry, nextTry, type Target } from './targets.ts';
import { partFor, planWarp, STRIP_ROWS, warpStrip } from './warp.ts';

const PREVIEW_SIDE = 1280;
const THUMB_SIDE = 240;

export async function previewOf(source: OffscreenCanvas): Promise<LookedAt> {
  const small = scaled(source, PREVIEW_SIDE);
  const picture = await small.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  return { ok: true, preview: { picture, width: small.width, height: small.height } };
}

/** @throws RangeError for corners that are no sheet: a page that lets them pass is wrong */
export async function shrink(
  source: OffscreenCanvas,
  { corners = WHOLE, quarterTurns, target }: How,
): Promise<Prepared> {
  if (!isUsable(corners)) throw new RangeError('corners that span no sheet');
  const quad = turned(inPixels(corners, source), quarterTurns);
  const { canvas, bytes } = await fitting(source, quad, target);
  const thumb = await bytesOf(await encoded(scaled(canvas, THUMB_SIDE), 'jpeg', 0.7));
  return {
    ok: true,
    photo: { sha256: await sha256Hex(bytes), size: bytes.length, type: 'webp' },
    bytes,
    thumb,
    width: canvas.width,
    height: canvas.height,
    clarity: judged(canvas, target),
  };
}

/** Tries until it is small enough (targets.ts). */
async function fitting(
  source: OffscreenCanvas,
  quad: Quad,
  target: Target,
): Promise<{ canvas: OffscreenCanvas; bytes: Bytes }> {
  let aim = firstTry(target);
  let canvas: OffscreenCanvas | null = null;
  for (;;) {
    const size = outputSize(quad, aim.longSide);
    if (canvas?.width !== size.width || canvas.height !== size.height)
      canvas = straightened(source, quad, size);
    const blob = await encoded(canvas, 'webp', aim.quality);
    const next = nextTry({
      longSide: Math.max(size.width, size.height),
      quality: aim.quality,
      bytes: blob.size,
    });
    if (!next) return { canvas, bytes: await bytesOf(blob) };
    aim = next;
  }
}

function straightened(source: OffscreenCanvas, quad: Quad, out: Size): OffscreenCanvas {
  const warp = planWarp(quad, out);
  const from = contextOf(source);
  const canvas = new OffscreenCanvas(out.width, out.height);
  const to = paintable(canvas);
  for (let row = 0; row < out.height; row += STRIP_ROWS) {
    const strip = new ImageData(out.width, Math.min(STRIP_ROWS, out.height - row));
    const part = partFor(warp, row, row + strip.height, source);
    warpStrip(warp, row, strip, part, from.getImageData(part.x, part.y, part.width, part.height));
    to.putImageData(strip, 0, row);
  }
  return canvas;
}

function judged(canvas: OffscreenCanvas, target: Target): Clarity {
  const small = scaled(canvas, CLARITY_SIDE);
  const pixels = contextOf(small).getImageData(0, 0, small.width, small.height);
  return clarityOf(greyOf(pixels), target === 'scene' ? 'scene' : 'print');
}

/** A copy that is at most so long; the same canvas when it is so already. */
function scaled(canvas: OffscreenCanvas, longSide: number): OffscreenCanvas {
  const factor = longSide / Math.max(canvas.width, canvas.height);
  if (factor >= 1) return canvas;
  const small = new OffscreenCanvas(
    Math.max(1, Math.round(canvas.width * factor)),
    Math.max(1, Math.round(canvas.height * factor)),
  );
  const context = paintable(small);
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, small.width, small.height);
  return small;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no memory for a canvas');
  return context;
}

/** Encoding leaves all metadata behind: nothing but pixels goes in. What it cannot encode a browser gives as PNG. */
async function encoded(canvas: OffscreenCanvas, type: 'webp' | 'jpeg', quality: number): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type: `image/${type}`, quality });
  if (blob.type !== `image/${type}`) throw new Error(`this browser does not encode ${type}`);
  return blob;
}

const bytesOf = async (blob: Blob): Promise<Bytes> => new Uint8Array(await blob.arrayBuffer());
