/** A courier's parcel over the real IndexedDB: out of one device, into another. */
import { beforeEach, expect, test } from 'vitest';
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import { NOW, receiveBody, SITE } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { deviceRecord, dropStore, enrolledStore, freshName } from '../../../../tests/support/device-store.ts';
import { item } from '../../../../tests/support/builders.ts';
import { AGENT, ITEM_HASH } from '../../../../tests/support/small-office.ts';
import { newParcelCode, openParcel, packParcel } from '../vault/parcel.ts';
import { listApplications, readApplication } from './applications.ts';
import { saveDevice } from './device.ts';
import { enqueue } from './ledger.ts';
import type { Store } from './open-database.ts';
import { writeFrame } from './parcel-frames.ts';
import { takeIn } from './parcel-in.ts';
import { unsentFrames, unsentHere } from './parcel-out.ts';
import { keepPhoto, nextUpload, readPhoto } from './photos.ts';
import { readSendable } from './sync-rows.ts';

const OTHER = 'd-2';
let from: Store;
let to: Store;

beforeEach(async () => {
  from = await enrolledStore();
  to = await enrolledStore(freshName(), { device: OTHER, number: '002' });
  for (const store of [from, to])
    await store.db.items.put({ hash: ITEM_HASH, code: '410511005000', item: item() });
  return async () => {
    await dropStore(from);
    await dropStore(to);
  };
});

const picture = Uint8Array.from({ length: 120_000 }, (_, at) => (at * 31) % 251);

/** Two applications, the first with a photo. */
async function work(): Promise<string> {
  const sha256 = await sha256Hex(picture);
  const photo = { sha256, size: picture.length, type: 'jpeg' as const };
  await keepPhoto(from, { ...photo, bytes: picture, thumb: null }, NOW);
  const body = receiveBody();
  const materials = [{ ...body.materials[0]!, photos: [photo] }, ...body.materials.slice(1)];
  const files = { site: SITE.id, photos: [photo] };
  await enqueue(from, press(1, appId(1), 'receive', { body: { ...body, materials }, files }));
  await enqueue(from, press(2, appId(2), 'receive'));
  return sha256;
}

async function parcel(store = from): Promise<Bytes[]> {
  const frames: Bytes[] = [];
  for await (const frame of (await unsentFrames(store, NOW))!.frames) frames.push(frame);
  return frames;
}
async function* each(frames: Bytes[]): AsyncGenerator<Bytes> {
  yield* frames;
}
const columns = async (store: Store) =>
  (await store.db.outbox.orderBy('[device+n]').toArray()).map(
    ({ id, device, n, actor, head, sig, status }) => ({
      id,
      device,
      n,
      actor,
      head,
      sig,
      status,
    }),
  );

test('I14: commands arrive in the other outbox as they were made, photos with them; twice is once', async () => {
  const sha256 = await work();
  expect(await unsentHere(from)).toEqual({ commands: 2, applications: 2, photos: 1 });
  const frames = await parcel();
  const { taken, refused } = await takeIn(to, each(frames), NOW);
  expect([taken, refused]).toEqual([{ commands: 2, applications: 2, photos: 1, known: 0 }, null]);
  expect(await columns(to)).toEqual(await columns(from));
  expect(await readPhoto(to, sha256)).toEqual(picture);
  expect(await nextUpload(to)).toMatchObject({ site: SITE.id, sha256, status: 'queued' });
  expect((await listApplications(to)).map(({ id }) => id).sort()).toEqual([1, 2].map(appId));

  const again = await takeIn(to, each(frames), NOW);
  expect(again).toEqual({ taken: { commands: 0, applications: 0, photos: 0, known: 3 }, refused: null });
  // brought back to where it came from
  expect((await takeIn(from, each(frames), NOW)).taken).toMatchObject({ commands: 0, known: 3 });
  expect(await columns(to)).toHaveLength(2);
});

test('the file of it opens with its code alone, and what was not cut off is kept', async () => {
  await work();
  const code = newParcelCode();
  const file = await packParcel(code, (await unsentFrames(from, NOW))!.frames);
  const cut = file.slice(0, file.size - 40);
  await expect(takeIn(to, openParcel(cut, code), NOW)).rejects.toMatchObject({ trouble: 'damaged' });
  expect(await columns(to)).toHaveLength(2);
  await expect(takeIn(to, openParcel(file, newParcelCode()), NOW)).rejects.toMatchObject({ trouble: 'code' });
  expect((await takeIn(to, openParcel(file, code), NOW)).taken).toMatchObject({ photos: 1, known: 2 });
});

test('I7: what is built on carried work goes after it, in a chain of its own', async () => {
  await work();
  await takeIn(to, each(await parcel()), NOW);
  await enqueue(to, press(7, appId(1), 'withdraw'));
  const rows = await readSendable(to, false);
  expect(rows.map(({ id }) => id)).toEqual([1, 2, 7].map(commandId));
  // the office takes `after` for a command of the same device
  expect(rows.at(-1)).toMatchObject({ device: OTHER, n: 1, after: null });
  expect((await readApplication(to, appId(1)))?.state?.state).toBe('withdrawn');
});

test('a parcel of another place is not taken in, and says whose it is', async () => {
  await work();
  const elsewhere = { ...(await deviceRecord()).site, path: 'S410500000000/S410526000000/S410526103000/' };
  await saveDevice(to, await deviceRecord({ device: OTHER, site: elsewhere }));
  const { refused } = await takeIn(to, each(await parcel()), NOW);
  expect(refused).toEqual({ why: 'elsewhere', site: '滑县白道口镇示例村' });
  expect(await columns(to)).toEqual([]);

  const township = { ...elsewhere, path: 'S410500000000/S410526000000/S410526102000/' };
  await saveDevice(to, await deviceRecord({ device: OTHER, site: township }));
  expect((await takeIn(to, each(await parcel()), NOW)).taken.commands).toBe(2);
});

test('a command that contradicts what is here, or that a newer program made, is refused whole', async () => {
  await work();
  const frames = await parcel();
  // another command in the place of the second
  await enqueue(from, press(3, appId(3), 'receive'));
  const row = (await from.db.outbox.get(commandId(3)))!;
  await to.db.outbox.put({ ...row, n: 2 });
  expect((await takeIn(to, each(frames), NOW)).refused).toEqual({ why: 'spoilt' });
  expect(await to.db.outbox.count()).toBe(1);
  const newer = new TextEncoder().encode(`\u0009${JSON.stringify({ some: 'thing' })}`);
  expect((await takeIn(to, each([frames[0]!, newer]), NOW)).refused).toEqual({ why: 'newer' });
  const photo = {
    site: SITE.id,
    sha256: 'c'.repeat(64),
    size: 3,
    type: 'jpeg' as const,
    bytes: new Uint8Array(3),
  };
  const wrong = writeFrame({ is: 'photo', photo });
  expect((await takeIn(to, each([frames[0]!, wrong]), NOW)).refused).toEqual({ why: 'spoilt' });
});

test('what cannot be read any more is counted, and holds up nothing', async () => {
  await work();
  await from.db.outbox.update(commandId(1), { box: new Uint8Array([9]) });
  await from.db.photoChunks.clear();
  const { frames, packed } = (await unsentFrames(from, NOW))!;
  for await (const frame of frames) expect(frame.length).toBeGreaterThan(0);
  expect(packed).toEqual({ commands: 1, applications: 1, photos: 0, lost: 2 });
  expect(AGENT.id).toBe((await columns(from))[1]!.actor);
});
