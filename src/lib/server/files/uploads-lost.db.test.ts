/** Bytes, files and rows that are lost, restored or given up: a photo is asked for again, or found again, or forgotten. */
import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { picture } from '../../../../tests/support/photo-files.ts';
import { said, type PhotoSender } from '../../../../tests/support/photo-sender.ts';
import { foundPhotoTown, type PhotoTown } from '../../../../tests/support/photo-town.ts';
import { moveReceived } from './photo-rows.ts';
import { sweepPhotos } from './sweep-photos.ts';

eachDatabase('lost uploads', ({ open }) => {
  let place: PhotoTown;
  async function start(): Promise<PhotoSender> {
    place = await foundPhotoTown(await open());
    return place.sender('A1');
  }
  afterEach(() => place.end());

  test('acknowledged bytes that the disk has lost are asked for again', async () => {
    const device = await start();
    const photo = await picture(17);
    await device.begin(photo);
    await device.patch(photo, 0, photo.bytes.subarray(0, 900));
    await truncate(place.office.files.partials.place(place.nameOf(photo)), 400);
    expect(await said(await device.ask(photo))).toMatchObject({ offset: 400 });
    await device.patch(photo, 400, photo.bytes.subarray(400, 900));
    await place.office.files.partials.remove(place.nameOf(photo));
    expect(await said(await device.ask(photo))).toMatchObject({ offset: 0 });
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
  });

  test('I13: fault: tus 404 → I13: fault: tus 404 → a verified file that is gone is asked for again, and counts again', async () => {
    const device = await start();
    const photo = await picture(18);
    await device.send(photo);
    await place.office.files.storage.remove(place.nameOf(photo));
    expect((await device.look(photo, 'original')).status).toBe(404);
    expect(await place.rowOf(photo)).toMatchObject({ status: 'missing' });
    expect((await device.ask(photo)).status).toBe(404);
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
  });

  test('a database restored from before a photo finds the file that is still there', async () => {
    const device = await start();
    const photo = await picture(19);
    await device.send(photo);
    await place.town.store.write((trx) => trx.deleteFrom('photo').execute());
    expect((await device.ask(photo)).status).toBe(404);
    const { size: offset } = photo;
    expect(await said(await device.begin(photo))).toMatchObject({ standing: 'verified', offset });
  });

  test('two offices look at the same whole file at once: one result, one file, nothing left over', async () => {
    const device = await start();
    const other = await place.sender('A', place.twin());
    const photo = await picture(24, { width: 600, height: 400 });
    await device.begin(photo);
    await device.patch(photo, 0, photo.bytes.subarray(0, -1));
    // its last byte is acknowledged, and there the office was killed
    const [from, to] = [photo.size - 1, photo.size];
    await place.office.files.partials.write(place.nameOf(photo), from, photo.bytes.subarray(from));
    const row = (await place.rowOf(photo))!;
    const now = place.town.office.clock.now();
    await place.town.store.write((trx) => moveReceived(trx, { from, to }, row, now));
    const answers = await Promise.all([device.ask(photo), other.ask(photo), device.ask(photo)]);
    for (const answer of answers) {
      expect(await said(answer)).toMatchObject({ status: 200, standing: 'verified', offset: photo.size });
    }
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
    expect(await readdir(join(place.office.files.folder, 'workshop'))).toEqual([]);
  });

  test('unfinished uploads are forgotten after fourteen days without a byte, with their bytes', async () => {
    const device = await start();
    const [photo, going, done] = [await picture(20), await picture(21), await picture(22)];
    for (const one of [photo, going]) {
      await device.begin(one);
      await device.patch(one, 0, one.bytes.subarray(0, 50));
    }
    await device.send(done);
    place.town.setClock('2026-09-30T02:00:00.000Z');
    const late = await place.sender('A1');
    await late.patch(going, 50, going.bytes.subarray(50, 60));
    place.town.setClock('2026-10-03T02:00:00.000Z');
    await sweepPhotos(place.office);
    expect(await place.rowOf(photo)).toBeUndefined();
    expect(await place.office.files.partials.size(place.nameOf(photo))).toBe(0);
    expect(await place.rowOf(going)).toMatchObject({ received: 60 });
    expect(await place.rowOf(done)).toMatchObject({ status: 'verified' });
  });

  test('a claim that another size belongs to the hash does not bar the way to the true one', async () => {
    const device = await start();
    const photo = await picture(23);
    const lie = { ...photo, size: photo.size + 5, type: 'png' as const };
    await device.begin(lie);
    await device.patch(lie, 0, Buffer.alloc(100));
    expect(await said(await device.begin(photo))).toMatchObject({ status: 201, offset: 0 });
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect(await said(await device.begin(lie))).toMatchObject({ error: 'wrongSize' });
    expect(await said(await device.begin({ ...photo, type: 'png' }))).toMatchObject({ error: 'wrongType' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
  });
});
