import { afterAll, expect, test } from 'vitest';
import { sha256Hex } from '#lib/catalogue/hash.ts';
import {
  asJpeg,
  bytesOf,
  chequeredSheet,
  drawing,
  noise,
  printedSheet,
  quarters,
  quartersOf,
  type Quarter,
} from '../../../../tests/support/drawn-pictures.ts';
import {
  ascii,
  exifSegment,
  exifTiff,
  joined,
  LOCKED_PDF,
  PDF,
  png,
  pngChunk,
  withExif,
} from '../../../../tests/support/picture-files.ts';
import { inPixels } from './corners.ts';
import type { Quad } from './homography.ts';
import { createPhotoDesk } from './photo-client.ts';
import photoWorkerUrl from './photo-worker.ts?worker&url';
import type { How, Prepared, Refused } from './prepared.ts';
import { MOST_BYTES, TARGETS } from './targets.ts';

const spawn = (): Worker => new Worker(photoWorkerUrl, { type: 'module' });
const desk = createPhotoDesk({ spawn });
afterAll(() => desk.rest());

const PAGE: How = { target: 'page', quarterTurns: 0 };

async function prepared(file: Blob, how: How = PAGE): Promise<Prepared> {
  const answer = await desk.preparePicture(file, how);
  if (!answer.ok) throw new Error(`${answer.why} ${answer.found}`);
  return answer;
}
const refusalOf = async (file: Blob): Promise<Refused | 'taken'> => {
  const [looked, made] = [await desk.lookAt(file), await desk.preparePicture(file, PAGE)];
  expect(looked.ok).toBe(made.ok);
  return made.ok ? 'taken' : made;
};
const resultOf = ({ bytes }: Prepared): Blob => new Blob([bytes], { type: 'image/webp' });
const has = (bytes: Uint8Array, text: string): boolean =>
  new TextDecoder('latin1').decode(bytes).includes(text);

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))).blob(),
  );
}

test('a 12-megapixel photo ends below 500 KB for every kind of material, named by its hash', async () => {
  const photo = await asJpeg(printedSheet(4000, 3000));
  expect(photo.size).toBeGreaterThan(1_000_000);
  for (const target of TARGETS) {
    const {
      photo: named,
      bytes,
      width,
      height,
      thumb,
      clarity,
    } = await prepared(photo, { target, quarterTurns: 0 });
    expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
    expect(named).toEqual({ sha256: await sha256Hex(bytes), size: bytes.length, type: 'webp' });
    expect(width / height).toBeCloseTo(4 / 3, 2);
    expect(clarity).toBe('clear');
    const small = await createImageBitmap(new Blob([thumb!]));
    expect([small.width, small.height]).toEqual([240, 180]);
    expect(thumb!.length).toBeLessThan(20_000);
  }
});

test('noise, which nothing can press, ends below 500 KB too', async () => {
  const { bytes, width } = await prepared(await asJpeg(noise(4000, 3000)));
  expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
  expect(width).toBeGreaterThan(500);
});

test('a photo of 40 megapixels survives', async () => {
  const { width, bytes } = await prepared(await asJpeg(printedSheet(8000, 5000)));
  expect(width).toBe(2339);
  expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
});

/** Where the camera's first quarter of the sensor must be found again, by Exif 2.32. */
const UPRIGHT: Record<number, [Quarter, Quarter, Quarter, Quarter]> = {
  1: ['red', 'lime', 'blue', 'yellow'],
  2: ['lime', 'red', 'yellow', 'blue'],
  3: ['yellow', 'blue', 'lime', 'red'],
  4: ['blue', 'yellow', 'red', 'lime'],
  5: ['red', 'blue', 'lime', 'yellow'],
  6: ['blue', 'red', 'yellow', 'lime'],
  7: ['yellow', 'lime', 'blue', 'red'],
  8: ['lime', 'yellow', 'red', 'blue'],
};

test.each(Object.entries(UPRIGHT))(
  'a photo held as Exif orientation %s says is upright, in the preview and as sent, and says no place any more',
  async (orientation, expected) => {
    const photo = withExif(await bytesOf(await asJpeg(quarters(320, 200))), Number(orientation));
    expect(has(photo, 'Exif')).toBe(true);
    const file = new Blob([photo]);
    const looked = await desk.lookAt(file);
    if (!looked.ok || !looked.preview) throw new Error('refused');
    expect(await quartersOf(looked.preview.picture)).toEqual(expected);
    const made = await prepared(file);
    expect(await quartersOf(resultOf(made))).toEqual(expected);
    expect([made.width, made.height]).toEqual(Number(orientation) > 4 ? [200, 320] : [320, 200]);
    for (const bytes of [made.bytes, made.thumb!, await bytesOf(looked.preview.picture)])
      expect(has(bytes, 'Exif')).toBe(false);
  },
);

test('a large photo is turned as a small one is: decoding at a smaller scale changes nothing', async () => {
  const photo = withExif(await bytesOf(await asJpeg(quarters(6000, 4000))), 6);
  const made = await prepared(new Blob([photo]));
  expect(await quartersOf(resultOf(made))).toEqual(UPRIGHT[6]);
  expect(made.height).toBe(2339);
});

test('PNG and WebP become upright as well, what is transparent becomes paper', async () => {
  const picture = await bytesOf(await quarters(320, 200).convertToBlob({ type: 'image/png' }));
  const turned = joined(picture.subarray(0, 33), pngChunk('eXIf', exifTiff(6)), picture.subarray(33));
  const made = await prepared(new Blob([turned]));
  expect(await quartersOf(resultOf(made))).toEqual(UPRIGHT[6]);
  expect(made.photo.type).toBe('webp');

  const webp = await prepared(await quarters(320, 200).convertToBlob({ type: 'image/webp' }));
  expect(await quartersOf(resultOf(webp))).toEqual(UPRIGHT[1]);

  const { canvas } = drawing(64, 64);
  const blank = await createImageBitmap(resultOf(await prepared(await canvas.convertToBlob())));
  const { paint } = drawing(64, 64);
  paint.drawImage(blank, 0, 0);
  expect([...paint.getImageData(32, 32, 1, 1).data]).toEqual([255, 255, 255, 255]);
});

test('a quarter turn clockwise moves the left side to the top', async () => {
  const file = await asJpeg(quarters(320, 200));
  const made = await prepared(file, { target: 'page', quarterTurns: 1 });
  expect(await quartersOf(resultOf(made))).toEqual(['blue', 'red', 'yellow', 'lime']);
  expect([made.width, made.height]).toEqual([200, 320]);
});

test('a chequered sheet at a slant comes back straight', async () => {
  const size = { width: 2000, height: 1500 };
  const corners: Quad = [
    { x: 0.15, y: 0.1 },
    { x: 0.85, y: 0.18 },
    { x: 0.95, y: 0.9 },
    { x: 0.05, y: 0.82 },
  ];
  const file = await asJpeg(chequeredSheet(size.width, size.height, inPixels(corners, size), [8, 6]), 1);
  const made = await prepared(file, { target: 'page', quarterTurns: 0, corners });
  const bitmap = await createImageBitmap(resultOf(made));
  const { paint } = drawing(made.width, made.height);
  paint.drawImage(bitmap, 0, 0);
  const { data } = paint.getImageData(0, 0, made.width, made.height);
  let [off, judged] = [0, 0];
  for (let y = 0; y < made.height; y += 3)
    for (let x = 0; x < made.width; x += 3) {
      const [column, row] = [(x / made.width) * 8, (y / made.height) * 6];
      // an edge may be a pixel or two off; inside a cell nothing may
      if ([column % 1, row % 1].some((part) => part < 0.03 || part > 0.97)) continue;
      const golden = (Math.floor(column) + Math.floor(row)) % 2 ? 255 : 0;
      judged += 1;
      if (Math.abs(data[(y * made.width + x) * 4]! - golden) > 24) off += 1;
    }
  expect(judged).toBeGreaterThan(100_000);
  expect(off / judged).toBeLessThan(0.0005);
});

test('a photo out of focus and one in the dark are told', async () => {
  expect((await prepared(await asJpeg(printedSheet(2400, 1800, { blur: 8 })))).clarity).toBe('blurred');
  expect((await prepared(await asJpeg(printedSheet(2400, 1800, { light: 0.2 })))).clarity).toBe('dark');
});

const photo = async (): Promise<Uint8Array<ArrayBuffer>> => bytesOf(await asJpeg(quarters(320, 200)));

test.each<[string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>, Omit<Refused, 'ok'>]>([
  ['no bytes', () => new Uint8Array(), { why: 'empty', found: '' }],
  ['a page called .jpg', () => ascii('<!DOCTYPE html><script>'), { why: 'notPicture', found: '网页' }],
  ['a program called .jpg', () => ascii('MZ\x90\0'), { why: 'notPicture', found: '程序' }],
  ['a photo of an iPhone', () => ascii('\0\0\0\x24ftypheic\0\0\0\0mif1heic'), { why: 'heic', found: '' }],
  ['half a photo', async () => (await photo()).slice(0, 900), { why: 'truncated', found: '' }],
  [
    'a PNG of 60000 × 60000',
    () => png(60_000, 60_000, new Uint8Array(9)),
    { why: 'tooManyPixels', found: '60000 × 60000 像素' },
  ],
  ['a PNG of garbage', () => png(300, 200, ascii('garbage')), { why: 'undecodable', found: '' }],
  ['a locked PDF', () => LOCKED_PDF, { why: 'encryptedPdf', found: '1 MB' }],
])('%s is refused by name, and the next photo is taken', async (_, make, expected) => {
  expect(await refusalOf(new Blob([await make()]))).toEqual({ ok: false, ...expected });
  expect((await prepared(new Blob([await photo()]))).width).toBe(320);
});

test('a photo whose coded data is cut off but closed is taken as browsers show it, or refused: nothing hangs', async () => {
  const whole = await bytesOf(await asJpeg(printedSheet(1200, 900)));
  const answer = await desk.preparePicture(
    new Blob([whole.slice(0, whole.length >> 1), ascii('\xff\xd9')]),
    PAGE,
  );
  expect(answer.ok || answer.why === 'undecodable').toBe(true);
});

test('a bomb within the cap, 49 megapixels in a few KB, is defused', async () => {
  const side = 7000;
  const rows = new Uint8Array(side * (1 + side / 8)).fill(0);
  const bomb = png(side, side, await deflated(rows));
  expect(bomb.length).toBeLessThan(20_000);
  const { width, bytes } = await prepared(new Blob([bomb]));
  expect(width).toBe(2339);
  expect(bytes.length).toBeLessThanOrEqual(MOST_BYTES);
});

test('a PDF is kept byte for byte, scripts and all, and has no picture', async () => {
  const file = new Blob([PDF]);
  expect(await desk.lookAt(file)).toEqual({ ok: true, preview: null });
  const made = await prepared(file);
  expect(made).toMatchObject({ bytes: PDF, thumb: null, clarity: null });
  expect(made.photo).toEqual({ sha256: await sha256Hex(PDF), size: PDF.length, type: 'pdf' });
  expect((await prepared(file)).bytes).toEqual(PDF);
});

test('place and time are gone also when a photo is small enough already', async () => {
  const tiny = withExif(await photo(), 1);
  const made = await prepared(new Blob([tiny]));
  expect(has(made.bytes, 'Exif')).toBe(false);
  expect(exifSegment(1).length).toBeGreaterThan(100);
});

const scripted = (code: string): Worker =>
  new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });

test('a decoder that never answers ends in a message, and the next photo begins with a new worker', async () => {
  let spawned = 0;
  const stubborn = createPhotoDesk({
    spawn: () => (spawned++ === 0 ? scripted('addEventListener("message", () => undefined)') : spawn()),
    callMs: 3_000,
  });
  const file = new Blob([await photo()]);
  expect(await stubborn.lookAt(file)).toEqual({ ok: false, why: 'stopped', found: '' });
  expect((await stubborn.preparePicture(file, PAGE)).ok).toBe(true);
  expect(spawned).toBe(2);
  stubborn.rest();
});

test('a worker that dies ends in a message at once', async () => {
  const dying = createPhotoDesk({ spawn: () => scripted('throw new Error("out of memory")') });
  expect(await dying.lookAt(new Blob([await photo()]))).toEqual({ ok: false, why: 'stopped', found: '' });
});

test('putting the camera away in the middle leaves nobody waiting', async () => {
  const left = createPhotoDesk({ spawn });
  const file = await asJpeg(printedSheet(4000, 3000));
  const answer = left.lookAt(file);
  await left.lookAt(new Blob()).then(() => undefined);
  const again = left.preparePicture(file, PAGE);
  await Promise.resolve().then(() => left.rest());
  expect((await answer).ok).toBe(true);
  const made = await again;
  expect(made.ok || made.why === 'stopped').toBe(true);
  expect((await left.lookAt(file)).ok).toBe(true);
  left.rest();
});
