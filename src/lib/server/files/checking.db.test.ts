/** What the office finds in a file once it is whole: a closed list of reasons, and nothing bad is kept. */
import { rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { Photo } from '#lib/domain/materials.ts';
import { PHOTO_REFUSAL_TEXTS } from '#lib/protocol/photo-errors.ts';
import { PHOTO_REASON, type PhotoRefusal } from '#lib/protocol/photo.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { asPhoto, noise, pdf, picture, pngClaiming } from '../../../../tests/support/photo-files.ts';
import { PhotoSender, said } from '../../../../tests/support/photo-sender.ts';
import { foundTown, SITES, type Town } from '../../../../tests/support/town.ts';
import { nameOf } from './office-files.ts';
import { findPhoto, moveReceived } from './photo-rows.ts';
import { sweepPhotos } from './sweep-photos.ts';

const site = SITES.A1.id;

const html = Buffer.from('<!doctype html><script>alert(1)</script>');
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const exe = Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), noise(600, 1)]);
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
/** 400 megapixels in 400 KB: a true picture, and far too much to decode. */
const bomb = () => pngClaiming(20_000, 20_000, { pixels: Buffer.alloc(20_001 * 20_000) });

/** The file, what it claims to be, and the reason. */
const BAD: Record<string, [() => Promise<Buffer> | Buffer, Photo['type'], PhotoRefusal]> = {
  'HTML under a picture’s name': [() => html, 'jpeg', 'notPicture'],
  'SVG with a script': [() => svg, 'png', 'notPicture'],
  'a program': [() => exe, 'jpeg', 'notPicture'],
  'a GIF, which is not kept': [() => gif, 'webp', 'notPicture'],
  'zero bytes of content': [() => Buffer.alloc(500), 'jpeg', 'notPicture'],
  'a PNG that says it is a JPEG': [
    async () => (await picture(1, { type: 'png' })).bytes,
    'jpeg',
    'wrongType',
  ],
  'a picture that says it is a PDF': [async () => (await picture(1)).bytes, 'pdf', 'wrongType'],
  'a JPEG cut in the middle': [async () => cut((await picture(2)).bytes, 0.5), 'jpeg', 'truncated'],
  'a JPEG that lacks its end': [async () => cut((await picture(2)).bytes, 0.98), 'jpeg', 'truncated'],
  'a JPEG of a header alone': [async () => (await picture(2)).bytes.subarray(0, 200), 'jpeg', 'truncated'],
  'a PNG cut in the middle': [
    async () => cut((await picture(3, { type: 'png' })).bytes, 0.6),
    'png',
    'truncated',
  ],
  'a WebP cut in the middle': [
    async () => cut((await picture(4, { type: 'webp' })).bytes, 0.7),
    'webp',
    'truncated',
  ],
  'a PNG with spoilt pixels': [
    async () => spoil((await picture(5, { type: 'png' })).bytes),
    'png',
    'truncated',
  ],
  'a PNG that claims 60000 × 60000': [() => pngClaiming(60_000, 60_000), 'png', 'tooManyPixels'],
  'a PNG that claims one line of 30000': [() => pngClaiming(30_000, 1), 'png', 'tooManyPixels'],
  'a decompression bomb of 400 megapixels': [bomb, 'png', 'tooManyPixels'],
  'a PDF without its end': [() => pdf('<< /Root 1 0 R >>', ''), 'pdf', 'truncated'],
  'a PDF with a password': [() => pdf('<< /Root 1 0 R /Encrypt 7 0 R >>'), 'pdf', 'encryptedPdf'],
  'a PDF with a password, written inline': [() => pdf('<< /Encrypt<</V 4>> >>'), 'pdf', 'encryptedPdf'],
};

const cut = (bytes: Buffer, share: number): Buffer => bytes.subarray(0, Math.floor(bytes.length * share));
function spoil(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  spoilt.fill(0x55, bytes.length / 2, bytes.length / 2 + 300);
  return spoilt;
}

eachDatabase('checking', ({ open }) => {
  let town: Town;
  let device: PhotoSender;
  async function start(): Promise<void> {
    town = await foundTown(await open());
    device = new PhotoSender(await town.device('A1'), site);
  }
  afterEach(() => rmSync(town.office.files.folder, { recursive: true, force: true }));

  const filesLeft = async (): Promise<string[]> => {
    const all = await readdir(town.office.files.folder, { recursive: true, withFileTypes: true });
    return all.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  };

  test.each(Object.entries(BAD))('%s is refused with its reason, and nothing of it stays', async (_, bad) => {
    await start();
    const [make, type, reason] = bad;
    const photo = asPhoto(await make(), type);
    const answer = await device.send(photo, 512 * 1024);
    expect(answer).toEqual({ status: 422, standing: 'rejected', offset: null, error: reason });
    expect(await filesLeft()).toEqual([]);
    // a device that lost the answer hears it again
    const asked = await device.ask(photo);
    expect(asked.headers.get(PHOTO_REASON)).toBe(reason);
    expect(await said(asked)).toMatchObject({ status: 422, standing: 'rejected' });
    expect((await device.look(photo, 'original')).status).toBe(404);
    expect(town.logged.join('')).toContain(reason);
  });

  test.each(['png', 'webp', 'jpeg'] as const)('a good %s passes, pixels and all', async (type) => {
    await start();
    const photo = await picture(6, { type, width: 500, height: 300 });
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    const row = await town.store.read((trx) => findPhoto(trx, { site, sha256: photo.sha256 }));
    expect(row).toMatchObject({ type, width: 500, height: 300, size: photo.size });
  });

  test('a PDF with a script in it passes: nobody opens it here', async () => {
    await start();
    expect(await device.send(asPhoto(pdf(), 'pdf'))).toMatchObject({ standing: 'verified' });
  });

  test('50 megapixels pass, with little memory', async () => {
    await start();
    const photo = asPhoto(pngClaiming(8_000, 6_000, { pixels: Buffer.alloc(8_001 * 6_000) }), 'png');
    const before = process.memoryUsage().rss;
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(300);
  });

  test('a text chunk that would unpack to 100 MB does no harm', async () => {
    await start();
    const packed = deflateSync(Buffer.alloc(100 * 2 ** 20), { level: 9 });
    const more: [string, Buffer][] = [
      ['zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), packed])],
    ];
    const photo = asPhoto(pngClaiming(10, 10, { more, pixels: Buffer.alloc(110) }), 'png');
    const before = process.memoryUsage().rss;
    expect((await device.send(photo)).standing).toMatch(/verified|rejected/);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(60);
  });

  test('I13: bytes that are not those of the hash count for nothing; sent right, they do', async () => {
    await start();
    const photo = await picture(7);
    const spoilt = Buffer.from(photo.bytes);
    spoilt[400] = spoilt[400]! ^ 1;
    expect(await device.send({ ...photo, bytes: spoilt })).toMatchObject({ error: 'wrongHash' });
    expect(await filesLeft()).toEqual([]);
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    const file = await town.office.files.storage.open(nameOf({ site, sha256: photo.sha256 }));
    expect(Buffer.concat(await file!.bytes.toArray())).toEqual(photo.bytes);
  });

  test('killed before it had looked at a whole file, the office does so at the next sweep or question', async () => {
    await start();
    const [swept, asked] = [await picture(8), await picture(9)];
    for (const photo of [swept, asked]) {
      await device.begin(photo);
      await device.patch(photo, 0, photo.bytes.subarray(0, -1));
      // the last byte is on the disk and acknowledged, and there it ended
      const { size, type, sha256 } = photo;
      await town.office.files.partials.write(nameOf({ site, sha256 }), size - 1, photo.bytes.subarray(-1));
      const last = { from: size - 1, to: size };
      const key = { site, sha256, size, type };
      await town.store.write((trx) => moveReceived(trx, last, key, town.office.clock.now()));
    }
    expect(await said(await device.ask(asked))).toMatchObject({ standing: 'verified' });
    await sweepPhotos(town.office);
    const { sha256 } = swept;
    expect(await town.store.read((trx) => findPhoto(trx, { site, sha256 }))).toMatchObject({
      status: 'verified',
    });
  });

  test('what is refused may be sent again, and every reason has words for people', async () => {
    await start();
    const photo = asPhoto(html, 'jpeg');
    await device.send(photo);
    expect(await said(await device.begin(photo))).toMatchObject({ status: 201, offset: 0 });
    expect(await device.send(photo)).toMatchObject({ error: 'notPicture' });
    for (const text of Object.values(PHOTO_REFUSAL_TEXTS)) expect(text).toMatch(/；请/);
  });
});
