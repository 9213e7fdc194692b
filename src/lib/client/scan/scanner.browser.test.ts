import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { afterAll, describe, expect, test } from 'vitest';
import { pictureOf, type Seen } from '../../../../tests/support/receipt-pictures.ts';
import scanWorkerUrl from './scan-worker.ts?worker&url';
import { createScanner } from './scanner.ts';

const TOKEN = 'JB1:AbC-_0123456789abcdefg';
const spawn = (): Worker => new Worker(scanWorkerUrl, { type: 'module' });
const scanner = createScanner({ spawn, wasmUrl, native: null });
afterAll(() => scanner.rest());

describe('the code of a receipt is read', () => {
  test.each<[string, Seen]>([
    ['straight', {}],
    ['on its head', { turned: 180 }],
    ['on its side', { turned: 90 }],
    ['turned a little', { turned: 13 }],
    ['turned half way', { turned: 45 }],
    ['small on a large page', { module: 4, width: 1280, height: 1800 }],
    ['in little light', { paper: 120, ink: 40 }],
    ['by a noisy camera', { noise: 70 }],
    ['out of focus', { blur: 2 }],
    ['seen from the side', { slant: 0.3, turned: 8 }],
    ['turned, dim, noisy and soft at once', { turned: 200, paper: 170, ink: 50, noise: 40, blur: 1 }],
    ['as a photo of twelve megapixels', { module: 24, width: 4000, height: 3000 }],
    ['small in a photo of twelve megapixels', { module: 8, width: 4000, height: 3000, turned: 30 }],
  ])('%s', async (_, seen) => {
    expect(await scanner.read(await pictureOf(TOKEN, seen), true)).toEqual({ ok: true, texts: [TOKEN] });
  });
});

test('a frame of a video is looked at once, and that is enough for a code that fills it', async () => {
  expect(await scanner.read(await pictureOf(TOKEN, { module: 10 }), false)).toEqual({
    ok: true,
    texts: [TOKEN],
  });
});

test('a page without a code, and one that nobody could read, give nothing', async () => {
  const blank = await pictureOf(TOKEN, { ink: 245 });
  expect(await scanner.read(blank, true)).toEqual({ ok: true, texts: [] });
  expect(await scanner.read(await pictureOf(TOKEN, { blur: 12 }), true)).toEqual({ ok: true, texts: [] });
});

test('where the program for it cannot be had it says so', async () => {
  const offline = createScanner({ spawn, wasmUrl: 'data:application/wasm;base64,AAAA', native: null });
  expect(await offline.read(await pictureOf(TOKEN), true)).toEqual({ ok: false, why: 'unavailable' });
  offline.rest();
});

test('a worker that dies costs one picture, and the next one has another', async () => {
  let spawned = 0;
  const dying = createScanner({
    spawn: () => {
      spawned += 1;
      return spawned === 1
        ? new Worker(URL.createObjectURL(new Blob(['throw new Error("dead")'], { type: 'text/javascript' })))
        : spawn();
    },
    wasmUrl,
    native: null,
  });
  expect(await dying.read(await pictureOf(TOKEN), true)).toEqual({ ok: false, why: 'unavailable' });
  expect(await dying.read(await pictureOf(TOKEN), true)).toEqual({ ok: true, texts: [TOKEN] });
  dying.rest();
});

describe('a detector of the browser', () => {
  const detector = (detect: () => Promise<{ rawValue: string }[]>, formats = ['qr_code']) =>
    Object.assign(
      class {
        detect = detect;
      },
      { getSupportedFormats: async () => formats },
    );

  test('is asked first', async () => {
    const native = detector(async () => [{ rawValue: 'JB1:native' }]);
    const own = createScanner({ spawn, wasmUrl, native });
    expect(await own.read(await pictureOf(TOKEN), false)).toEqual({ ok: true, texts: ['JB1:native'] });
    own.rest();
  });

  test('that knows no QR codes, fails, or finds nothing in a still picture leaves it to ours', async () => {
    const ways = [
      detector(async () => [], ['ean_13']),
      detector(() => Promise.reject(new Error('no service'))),
      detector(async () => []),
    ];
    for (const native of ways) {
      const own = createScanner({ spawn, wasmUrl, native });
      expect(await own.read(await pictureOf(TOKEN), true)).toEqual({ ok: true, texts: [TOKEN] });
      own.rest();
    }
  });
});
