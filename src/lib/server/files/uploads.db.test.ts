/** Photos on their way up: cut anywhere, sent twice, sent by two, sent by the wrong one, with the office killed. */
import { stat } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { PHOTO_LIMITS, uploadPath } from '#lib/protocol/photo.ts';
import { revokeDevice } from '../county/devices.ts';
import { eachDatabase } from '../../../../tests/support/each-database.ts';
import { noise, picture } from '../../../../tests/support/photo-files.ts';
import { brokenBody, PhotoSender, said } from '../../../../tests/support/photo-sender.ts';
import { foundPhotoTown, type PhotoTown } from '../../../../tests/support/photo-town.ts';
import { COUNTY, doors, SITES } from '../../../../tests/support/town.ts';
import { WireClient } from '../../../../tests/support/wire-client.ts';
import type { FilesOptions } from './office-files.ts';

const A1 = SITES.A1.id;

eachDatabase('uploads', ({ open }) => {
  let place: PhotoTown;
  async function start(options: FilesOptions = {}): Promise<PhotoSender> {
    place = await foundPhotoTown(await open(), options);
    return place.sender('A1');
  }
  afterEach(() => place.end());

  test('a photo arrives in chunks and is kept byte by byte', async () => {
    const device = await start();
    const photo = await picture(1, { width: 400, height: 300 });
    const begun = await device.begin(photo);
    expect(begun.headers.get('location')).toBe(uploadPath({ site: A1, sha256: photo.sha256 }));
    expect(begun.headers.get('access-control-allow-origin')).toBeNull();
    expect(await said(begun)).toEqual({ status: 201, standing: 'uploading', offset: 0, error: null });
    expect(await device.send(photo, 10_000)).toMatchObject({ status: 204, standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
    expect(await place.rowOf(photo)).toMatchObject({ status: 'verified', width: 400, height: 300 });
    expect(await place.office.files.partials.size(place.nameOf(photo))).toBe(0);
    const folder = await stat(place.office.files.folder);
    expect((folder.mode & 0o777).toString(8)).toBe('700');
  });

  test('I13: fault: link cut at every byte → what came is acknowledged, and none of it is sent again', async () => {
    const device = await start();
    const photo = await picture(2, { width: 16, height: 12 });
    await device.begin(photo);
    let sent = 0;
    for (let cut = 1; (await said(await device.ask(photo))).standing === 'uploading'; cut = (cut % 7) + 1) {
      const { offset } = await said(await device.ask(photo));
      expect(offset).toBe(sent);
      const bytes = photo.bytes.subarray(sent, sent + cut);
      await device.patch(photo, sent, brokenBody(bytes));
      sent += bytes.length;
    }
    expect(sent).toBe(photo.size);
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
  });

  test('twenty random cuts and as many restarts arrive intact, no acknowledged byte twice', async () => {
    const device = await start();
    const photo = await picture(3, { width: 900, height: 700 });
    const dice = noise(60, 4);
    await device.begin(photo);
    for (let cut = 0; cut < 20; cut++) {
      const { offset } = await said(await device.ask(photo));
      const length = 1 + ((dice.readUInt16LE(cut * 2) * 7) % Math.floor(photo.size / 30));
      const bytes = photo.bytes.subarray(offset!, offset! + length);
      if (dice[cut + 40]! % 2 === 0) await device.patch(photo, offset!, bytes);
      else await device.patch(photo, offset!, brokenBody(bytes));
      place.restart();
    }
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
    const ranges = device.acknowledged.toSorted(([a], [b]) => a - b);
    for (const [i, [from]] of ranges.entries()) expect(from).toBeGreaterThanOrEqual(ranges[i - 1]?.[1] ?? 0);
  });

  test('begun again, it goes on from where it is; complete, nothing is sent again', async () => {
    const device = await start();
    const photo = await picture(5);
    await device.begin(photo);
    await device.patch(photo, 0, photo.bytes.subarray(0, 500));
    const again = await said(await device.begin(photo));
    expect(again).toEqual({ status: 200, standing: 'uploading', offset: 500, error: null });
    await device.send(photo);
    const complete = { status: 200, standing: 'verified', offset: photo.size, error: null };
    expect(await said(await device.begin(photo))).toEqual(complete);
    expect(await said(await device.ask(photo))).toEqual(complete);
    expect(await said(await device.patch(photo, photo.size, new Uint8Array()))).toMatchObject({
      status: 204,
      standing: 'verified',
    });
    expect(await said(await device.patch(photo, photo.size, Uint8Array.of(1)))).toMatchObject({
      error: 'wrongSize',
    });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
  });

  test('a POST brings the first bytes, or all of them', async () => {
    const device = await start();
    const photo = await picture(6);
    const part = photo.bytes.subarray(0, 300);
    expect(await said(await device.begin(photo, A1, part))).toEqual({
      status: 201,
      standing: 'uploading',
      offset: 300,
      error: null,
    });
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);

    const whole = await picture(17);
    const begun = await said(await device.begin(whole, A1, whole.bytes));
    expect(begun).toEqual({ status: 201, standing: 'verified', offset: whole.size, error: null });
    expect(await place.keptBytes(whole)).toEqual(whole.bytes);
  });

  test('I13: a POST that breaks off leaves what had come; of one that brings other bytes nothing is kept', async () => {
    const device = await start();
    const photo = await picture(18);
    await device.begin(photo, A1, brokenBody(photo.bytes.subarray(0, 700)));
    expect(await said(await device.ask(photo))).toMatchObject({ standing: 'uploading', offset: 700 });
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);

    const spoilt = await picture(19);
    const other = spoilt.bytes.map((byte) => byte ^ 1);
    const refused = await said(await device.begin(spoilt, A1, other));
    expect(refused).toMatchObject({ status: 422, standing: 'rejected', error: 'wrongHash' });
    const longer = await device.begin({ ...(await picture(20)), size: 10 }, A1, spoilt.bytes);
    expect(await said(longer)).toMatchObject({ status: 422, error: 'wrongSize' });
  });

  test('what a POST brings is left alone where bytes are there already, or where it does not say what it is', async () => {
    const device = await start();
    const photo = await picture(21);
    await device.begin(photo);
    await device.patch(photo, 0, photo.bytes.subarray(0, 300));
    const again = await said(await device.begin(photo, A1, photo.bytes.subarray(0, 500)));
    expect(again).toEqual({ status: 200, standing: 'uploading', offset: 300, error: null });
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    const complete = await said(await device.begin(photo, A1, photo.bytes));
    expect(complete).toEqual({ status: 200, standing: 'verified', offset: photo.size, error: null });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);

    const other = await picture(22);
    const plain = await device.begin(other, A1, other.bytes, 'application/octet-stream');
    expect(await said(plain)).toMatchObject({ status: 201, offset: 0 });
  });

  test('I13: fault: tus 409 → I13: fault: tus 409 → two devices begin the same file at once: one upload, and both can go on', async () => {
    const first = await start();
    const second = await place.sender('A');
    const photo = await picture(7);
    const begun = await Promise.all([first.begin(photo), second.begin(photo), first.begin(photo)]);
    expect(begun.map(({ status }) => status).toSorted()).toEqual([200, 200, 201]);
    await first.patch(photo, 0, photo.bytes.subarray(0, 200));
    const stale = await second.patch(photo, 0, photo.bytes.subarray(0, 400));
    expect(await said(stale)).toMatchObject({ status: 409, error: 'wrongOffset' });
    expect(await said(await second.ask(photo))).toMatchObject({ offset: 200 });
    expect(await second.send(photo)).toMatchObject({ standing: 'verified' });
    expect(await said(await first.ask(photo))).toMatchObject({ standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
  });

  test('two offices on one folder: of two writers of the same bytes one is told to ask again', async () => {
    const one = await start();
    const other = await place.sender('A', place.twin());
    const photo = await picture(8, { width: 500, height: 400 });
    await one.begin(photo);
    let conflicts = 0;
    for (let at = 0; at < photo.size;) {
      const bytes = photo.bytes.subarray(at, at + 5000);
      const answers = await Promise.all([one, other].map((it) => it.patch(photo, at, bytes)));
      conflicts += answers.filter(({ status }) => status === 409).length;
      // the last byte may find the other office still looking at the file
      at = Math.max(...answers.map(({ headers }) => Number(headers.get('upload-offset') ?? at)));
    }
    expect(conflicts).toBeGreaterThan(0);
    expect(await said(await other.ask(photo))).toMatchObject({ standing: 'verified' });
    expect(await place.keptBytes(photo)).toEqual(photo.bytes);
  });

  test('a dead connection hands over to a new one with all that it had received', async () => {
    const device = await start({ drainMs: 1, waitMs: 10_000 });
    const photo = await picture(9);
    await device.begin(photo);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    // never ended, never answered: the telephone has gone out of reach
    const dead = device.patch(photo, 0, readable);
    await writer.write(new Uint8Array(photo.bytes.subarray(0, 700)));
    expect(await said(await device.ask(photo))).toMatchObject({ standing: 'uploading', offset: 700 });
    expect((await dead).status).toBe(204);
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
  });

  test('fault: tus 423 → who does not hand over in time makes the other wait', async () => {
    const device = await start({ drainMs: 60_000, waitMs: 1 });
    const photo = await picture(10);
    await device.begin(photo);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const slow = device.patch(photo, 0, readable);
    await writer.write(new Uint8Array(photo.bytes.subarray(0, 100)));
    const busy = await device.patch(photo, 0, photo.bytes.subarray(0, 100));
    expect(busy.headers.get('retry-after')).toBe('2');
    expect(await said(busy)).toMatchObject({ status: 423, error: 'busy' });
    await writer.close();
    expect(await said(await slow)).toMatchObject({ status: 204, offset: 100 });
  });

  test('outside its scope a device finds nothing, as if it did not exist', async () => {
    const own = await start();
    const photo = await picture(11);
    await own.begin(photo);
    const [neighbour, foreigner] = [await place.sender('A2'), await place.sender('B1')];
    const unknown = await said(await own.begin(photo, 'S410526109999'));
    expect(unknown).toMatchObject({ status: 404, error: 'notFound' });
    for (const stranger of [neighbour, foreigner]) {
      expect(await said(await stranger.begin(photo))).toEqual(unknown);
      expect(await said(await stranger.ask(photo))).toMatchObject({ status: 404, standing: null });
      expect(await said(await stranger.patch(photo, 0, photo.bytes))).toEqual(unknown);
    }
    expect(place.town.logged.join('')).toContain('outOfScope');
    expect(await said(await own.ask(photo))).toMatchObject({ offset: 0 });
    // its township may
    expect(await said(await (await place.sender('A')).ask(photo))).toMatchObject({ status: 200 });
    // without a session nobody does
    const nobody = new PhotoSender(new WireClient(doors(place.office)), A1);
    expect(await said(await nobody.begin(photo))).toMatchObject({ status: 401, error: 'noSession' });
    expect((await nobody.ask(photo)).status).toBe(401);
  });

  test('a revoked device still hands over its photos', async () => {
    await start();
    const client = await place.town.device('A1');
    const now = place.town.office.clock.now();
    const revocation = { county: COUNTY, device: client.device, reason: 'lost', by: 'admin', now } as const;
    await place.town.store.write((trx) => revokeDevice(trx, revocation));
    const device = new PhotoSender(client, A1);
    const photo = await picture(12);
    expect(await device.send(photo)).toMatchObject({ standing: 'verified' });
    expect((await device.look(photo, 'thumb')).status).toBe(403);
  });

  test('sizes: nothing, too much, more than claimed, a chunk too large, a full disk', async () => {
    const device = await start();
    const small = await picture(13);
    const big = { ...small, size: PHOTO_LIMITS.picture + 1 };
    expect(await said(await device.begin({ ...small, size: 0 }))).toMatchObject({ error: 'truncated' });
    expect(await said(await device.begin(big))).toMatchObject({ status: 422, error: 'tooBig' });
    expect(await said(await device.begin({ ...big, type: 'pdf' }))).toMatchObject({ status: 201 });
    expect(
      await said(await device.begin({ ...big, type: 'pdf', size: PHOTO_LIMITS.document + 1 })),
    ).toMatchObject({
      error: 'tooBig',
    });
    const short = { ...(await picture(14)), size: 10 };
    await device.begin(short);
    expect(await said(await device.patch(short, 0, short.bytes))).toMatchObject({ error: 'wrongSize' });
    const chunk = new Uint8Array(PHOTO_LIMITS.chunk + 1);
    expect(await said(await device.patch(short, 0, chunk))).toMatchObject({ status: 413, error: 'tooLarge' });
    const begun = await device.begin({ ...big, type: 'pdf', sha256: short.sha256 }, A1, chunk);
    expect(await said(begun)).toMatchObject({ status: 413, error: 'tooLarge' });
    place.restart({ reserve: Number.MAX_SAFE_INTEGER });
    const full = await device.begin(await picture(15));
    expect(full.headers.get('retry-after')).toBe('600');
    expect(await said(full)).toMatchObject({ status: 503, error: 'notReady' });
    expect(place.town.logged.join('')).toContain('diskFull');
  });

  test('what is not tus is refused in the words of the protocol', async () => {
    const device = await start();
    const { cookie } = await place.town.device('A1');
    const photo = await picture(16);
    await device.begin(photo);
    const ask = async (method: string, path: string, headers: Record<string, string>) =>
      said(
        await doors(place.office)(
          new Request(`http://localhost:3000${path}`, { method, headers: { cookie, ...headers } }),
        ),
      );
    const at = uploadPath({ site: A1, sha256: photo.sha256 });
    const tus = { 'tus-resumable': '1.0.0' };
    const bytes = { 'content-type': 'application/offset+octet-stream' };
    const malformed = { status: 400, error: 'malformed' };
    expect(await ask('POST', '/api/files', tus)).toMatchObject(malformed);
    expect(await ask('PATCH', at, { ...bytes, 'upload-offset': '0' })).toMatchObject(malformed);
    expect(await ask('PATCH', at, { ...tus, ...bytes })).toMatchObject(malformed);
    expect(await ask('PATCH', at, { ...tus, 'upload-offset': '0' })).toMatchObject(malformed);
    expect(await ask('PATCH', at, { ...tus, ...bytes, 'upload-offset': '-1' })).toMatchObject(malformed);
    const longer = { ...tus, ...bytes, 'upload-offset': '0', 'upload-length': '99' };
    expect(await ask('PATCH', at, longer)).toMatchObject(malformed);
    expect(await ask('HEAD', at, {})).toMatchObject({ status: 400 });
    expect(await ask('HEAD', '/api/files/..%2f/x', tus)).toMatchObject({ status: 404 });
  });
});
