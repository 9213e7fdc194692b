/**
 * Reading codes in pictures with zxing, in a worker. Its WebAssembly comes from our own build: the address is given, never
 * the package's own default, which is a server on the internet.
 */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** QR codes of receipts; and their numbers, where somebody prints them as bars. */
const FORMATS = ['QRCode', 'Code128'] as const;

/** Longer sides that a picture is looked at in: a whole page first, then finer, then a code that fills the picture. */
const SIDES = [1280, 2400, 640];

/** @throws when the program cannot be fetched */
export async function prepare(wasmUrl: string): Promise<void> {
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });
}

/** The texts of the codes in a picture; empty when there is none that can be read. */
export async function codesIn(picture: ImageBitmap, thorough: boolean): Promise<string[]> {
  const longer = Math.max(picture.width, picture.height);
  const sides = thorough ? SIDES.filter((side, at) => at === 0 || side < longer) : SIDES.slice(0, 1);
  for (const side of sides) {
    const found = await readBarcodes(pixels(picture, Math.min(1, side / longer)), {
      formats: [...FORMATS],
      tryHarder: true,
      tryDenoise: thorough,
      maxNumberOfSymbols: 4,
    });
    const texts = found.flatMap(({ isValid, text }) => (isValid ? [text] : []));
    if (texts.length > 0) return texts;
  }
  return [];
}

function pixels(picture: ImageBitmap, scale: number): ImageData {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no memory for a canvas');
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
