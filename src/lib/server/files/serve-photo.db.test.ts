/** What devices are shown: small pictures of ours, the original only as a download, nothing to strangers or caches. */
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { asPhoto, pdf, picture, sidewaysPicture } from '../../../../tests/support/photo-files.ts';
import { PhotoSender } from '../../../../tests/support/photo-sender.ts';
import { doors, foundTown, SITES, type Town } from '../../../../tests/support/town.ts';
import { WireClient } from '../../../../tests/support/wire-client.ts';
import { nameOf } from './office-files.ts';

const site = SITES.A1.id;

eachDatabase('shown photos', ({ open }) => {
  let town: Town;
  let device: PhotoSender;
  async function start(): Promise<void> {
    town = await foundTown(await open());
    device = new PhotoSender(await town.device('A1'), site);
  }
  afterEach(() => rmSync(town.office.files.folder, { recursive: true, force: true }));

  const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

  test('small pictures stand upright and carry no EXIF; the original is the very file', async () => {
    await start();
    const photo = await sidewaysPicture(1);
    expect((await sharp(photo.bytes).metadata()).exif).toBeDefined();
    await device.send(photo);
    for (const size of ['thumb', 'view'] as const) {
      const response = await device.look(photo, size);
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect(response.headers.has('content-disposition')).toBe(false);
      const seen = await sharp(await bytesOf(response)).metadata();
      expect(seen.exif).toBeUndefined();
      expect(seen.orientation).toBeUndefined();
      expect([seen.width, seen.height]).toEqual([200, 300]);
    }
    expect(await bytesOf(await device.look(photo, 'original'))).toEqual(photo.bytes);
  });

  test('sizes for poor links: 320 and 1600 pixels at most', async () => {
    await start();
    const photo = await picture(2, { width: 2400, height: 600 });
    await device.send(photo);
    const sides = async (size: 'thumb' | 'view') => {
      const { width, height } = await sharp(await bytesOf(await device.look(photo, size))).metadata();
      return [width, height];
    };
    expect(await sides('thumb')).toEqual([320, 80]);
    expect(await sides('view')).toEqual([1600, 400]);
    expect((await bytesOf(await device.look(photo, 'view'))).length).toBeLessThan(photo.size);
    // the second time it comes from the disk
    expect(await sides('view')).toEqual([1600, 400]);
    const name = nameOf({ site, sha256: photo.sha256 });
    expect(await town.office.files.storage.size(`${name}.view`)).toBeGreaterThan(0);
  });

  test('an original is a download under a name of ours, in a sandbox, kept by nobody', async () => {
    await start();
    for (const photo of [await picture(3), asPhoto(pdf(), 'pdf')]) {
      await device.send(photo);
      const response = await device.look(photo, 'original');
      const extension = photo.type === 'pdf' ? 'pdf' : 'jpg';
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-disposition': `attachment; filename="photo-${photo.sha256.slice(0, 12)}.${extension}"`,
        'content-length': String(photo.size),
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
      expect(await bytesOf(response)).toEqual(photo.bytes);
    }
  });

  test('a PDF has no picture', async () => {
    await start();
    const photo = asPhoto(pdf(), 'pdf');
    await device.send(photo);
    expect((await device.look(photo, 'thumb')).status).toBe(404);
    expect((await device.look(photo, 'view')).status).toBe(404);
  });

  test('a device that has it still is not sent it again', async () => {
    await start();
    const photo = await picture(4);
    await device.send(photo);
    const etag = (await device.look(photo, 'thumb')).headers.get('etag')!;
    const again = await device.look(photo, 'thumb', { 'if-none-match': etag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test('strangers are told what they are told of nothing', async () => {
    await start();
    const photo = await picture(5);
    await device.send(photo);
    const unknown = await picture(6);
    const nothing = await (await device.look(unknown, 'thumb')).text();
    for (const place of ['A2', 'B1'] as const) {
      const stranger = new PhotoSender(await town.device(place), site);
      const response = await stranger.look(photo, 'thumb');
      expect(response.status).toBe(404);
      expect(await response.text()).toBe(nothing);
    }
    const township = new PhotoSender(await town.device('A'), site);
    expect((await township.look(photo, 'thumb')).status).toBe(200);
    const nobody = new PhotoSender(new WireClient(doors(town.office)), site);
    expect((await nobody.look(photo, 'thumb')).status).toBe(401);
    expect((await device.look(photo, 'huge' as 'view')).status).toBe(404);
  });

  test('an unfinished photo is not shown', async () => {
    await start();
    const photo = await picture(7);
    await device.begin(photo);
    await device.patch(photo, 0, photo.bytes.subarray(0, 300));
    expect((await device.look(photo, 'original')).status).toBe(404);
  });

  test('an original that has rotted on the disk is not shown as something else, and is asked for again', async () => {
    await start();
    const photo = await picture(8);
    await device.send(photo);
    const { storage, folder } = town.office.files;
    const name = nameOf({ site, sha256: photo.sha256 });
    await storage.remove(`${name}.thumb`);
    await writeFile(join(folder, 'kept', name.slice(0, 2), name.slice(2, 4), name), Buffer.alloc(photo.size));
    expect((await device.look(photo, 'thumb')).status).toBe(404);
    expect((await device.ask(photo)).status).toBe(404);
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect((await device.look(photo, 'thumb')).status).toBe(200);
  });
});
