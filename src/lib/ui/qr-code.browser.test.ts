import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { encode } from 'uqr';
import QrCode from './QrCode.svelte';

const text = 'https://jinban.example/q/6f1c0a52d7e94b3c8a41';

/** Rasterises the drawing at one pixel a module, as a scanner would sample it. */
function modules(svg: SVGSVGElement): boolean[][] {
  const size = svg.viewBox.baseVal.width;
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fill(new Path2D(svg.querySelector('path')?.getAttribute('d') ?? ''));
  const { data } = context.getImageData(0, 0, size, size);
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => (data[(y * size + x) * 4 + 3] ?? 0) > 127),
  );
}

test('the drawing has every module of the code, and four white ones around it', async () => {
  const screen = await render(QrCode, { text, size: 120 });
  const svg = screen.getByRole('img', { name: '查询二维码' }).element() as SVGSVGElement;
  const drawn = modules(svg);
  expect(drawn).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
  const size = drawn.length;
  expect((size - 8 - 17) % 4).toBe(0);
  for (const edge of [0, 3, size - 4, size - 1]) expect(drawn[edge]?.some(Boolean)).toBe(false);
  // the three corner marks begin right after the quiet zone
  expect([drawn[4]?.[4], drawn[4]?.[size - 5], drawn[size - 5]?.[4]]).toEqual([true, true, true]);
});
