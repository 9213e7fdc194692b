/** Pictures of receipts' QR codes as cameras and old scanners see them: turned, small, blurred, noisy, dim. In a browser. */
import { encode } from 'uqr';
import { chance } from '#lib/server/seed/chance.ts';

export interface Seen {
  /** Pixels of a module. */
  module?: number;
  /** Degrees. */
  turned?: number;
  /** Pixels of blur. */
  blur?: number;
  /** 0…255: how much a pixel strays. */
  noise?: number;
  /** Paper and ink, 0…255. */
  paper?: number;
  ink?: number;
  /** Slanted: one side is so much shorter. */
  slant?: number;
  width?: number;
  height?: number;
}

/** A page with the code somewhere in the middle. */
export async function pictureOf(text: string, seen: Seen = {}): Promise<ImageBitmap> {
  const { module = 6, turned = 0, blur = 0, noise = 0, paper = 245, ink = 25, slant = 0 } = seen;
  const { width = 900, height = 700 } = seen;
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const grey = (level: number): string => `rgb(${level}, ${level}, ${level})`;
  context.fillStyle = grey(paper);
  context.fillRect(0, 0, width, height);
  context.filter = blur > 0 ? `blur(${blur}px)` : 'none';
  context.translate(width / 2, height / 2);
  context.rotate((turned * Math.PI) / 180);
  context.transform(1, slant / 2, 0, 1 - slant, 0, 0);
  const side = size * module;
  const code = new OffscreenCanvas(side, side);
  const draw = code.getContext('2d')!;
  draw.fillStyle = grey(paper);
  draw.fillRect(0, 0, side, side);
  draw.fillStyle = grey(ink);
  data.forEach((row, y) =>
    row.forEach((dark, x) => dark && draw.fillRect(x * module, y * module, module, module)),
  );
  context.drawImage(code, -side / 2, -side / 2);
  if (noise > 0) stray(canvas, noise);
  return createImageBitmap(canvas);
}

function stray(canvas: OffscreenCanvas, noise: number): void {
  const luck = chance(7);
  const context = canvas.getContext('2d')!;
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < pixels.data.length; i += 4) {
    const by = luck.whole(-noise, noise);
    for (let c = 0; c < 3; c++) pixels.data[i + c] = (pixels.data[i + c] ?? 0) + by;
  }
  context.putImageData(pixels, 0, 0);
}
