/**
 * From a file to an upright picture on a canvas of at most WORKING_PIXELS, in a worker. Large JPEGs are decoded at a smaller
 * scale (the coefficients allow it), so 48 megapixels cost 170 MB at the peak instead of 300; where the browser cannot, it
 * decodes whole and resizes. Metadata is cut out first: no version of a decoder then turns anything, and we do (exif.ts).
 */
import type { Size } from './corners.ts';
import { isSideways, uprightMatrix } from './exif.ts';
import type { PictureHeader } from './picture-header.ts';

/** A 12-megapixel photo stays as it is; an A3 drawing at 200 dots an inch needs 7.7 million. */
const WORKING_PIXELS = 12_600_000;

/** @throws when the browser cannot decode it */
export async function decodeUpright(
  file: Blob,
  type: 'jpeg' | 'png' | 'webp',
  header: PictureHeader,
): Promise<OffscreenCanvas> {
  const picture = await decode(withoutMetadata(file, type, header), type, header);
  try {
    const { width, height } = picture instanceof ImageBitmap ? picture : shownSize(picture);
    const sideways = isSideways(header.orientation);
    const canvas = new OffscreenCanvas(sideways ? height : width, sideways ? width : height);
    const context = paintable(canvas);
    context.setTransform(...uprightMatrix(header.orientation, { x: width, y: height }));
    // a quarter turn moves whole pixels: nothing to smooth
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, 0, 0);
    return canvas;
  } finally {
    picture.close();
  }
}

/** A canvas on white: what is transparent is paper. Read back often, so it stays in main memory. */
export function paintable(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) throw new Error('no memory for a canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return context;
}

function withoutMetadata(file: Blob, type: string, { cuts }: PictureHeader): Blob {
  const parts: BlobPart[] = [];
  let at = 0;
  for (const { from, to, by } of cuts) {
    parts.push(file.slice(at, from), by);
    at = to;
  }
  return new Blob([...parts, file.slice(at)], { type: `image/${type}` });
}

async function decode(
  file: Blob,
  type: 'jpeg' | 'png' | 'webp',
  { width, height }: Size,
): Promise<ImageBitmap | VideoFrame> {
  const scale = Math.sqrt(WORKING_PIXELS / (width * height));
  if (scale >= 1) return createImageBitmap(file);
  const smaller = { width: Math.round(width * scale), height: Math.round(height * scale) };
  if (type === 'jpeg') {
    const frame = await decodeSmaller(file, smaller);
    if (frame) return frame;
  }
  return createImageBitmap(file, {
    resizeWidth: smaller.width,
    resizeHeight: smaller.height,
    resizeQuality: 'high',
  });
}

/** null where the browser has no such decoder, or it does not like the file: then the other one has its say. */
async function decodeSmaller(file: Blob, { width, height }: Size): Promise<VideoFrame | null> {
  if (!('ImageDecoder' in globalThis)) return null;
  const decoder = new ImageDecoder({
    data: file.stream(),
    type: file.type,
    desiredWidth: width,
    desiredHeight: height,
  });
  try {
    return (await decoder.decode()).image;
  } catch {
    return null;
  } finally {
    decoder.close();
  }
}

const shownSize = ({ displayWidth, displayHeight }: VideoFrame): Size => ({
  width: displayWidth,
  height: displayHeight,
});
