import { expect, test } from 'vitest';
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import type { Photo } from '#lib/domain/materials.ts';
import { NOW, SITE, receiveBody } from '../../../../tests/support/builders.ts';
import { appId, press } from '../../../../tests/support/device-fixture.ts';
import { enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT } from '../../../../tests/support/small-office.ts';
import { enqueue } from './ledger.ts';
import {
  beginUpload,
  forgetRefused,
  keepPhoto,
  nextUpload,
  queueUploads,
  readPhoto,
  readThumb,
  readUploads,
  settleUpload,
  type TakenPhoto,
} from './photos.ts';
import { FIRST_POSITION } from './rows.ts';
import { saveDraft } from './drafts.ts';
import { commitRows, leadStore, tidyRows } from './sync-rows.ts';

const bytesOf = (size: number, seed: number): Bytes =>
  Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed * 7 + (at >> 8)) % 256);

async function taken(size: number, seed = 1): Promise<TakenPhoto> {
  const bytes = bytesOf(size, seed);
  return { sha256: await sha256Hex(bytes), size, type: 'jpeg', bytes, thumb: bytesOf(100, seed) };
}
const photoOf = ({ sha256, size, type }: TakenPhoto): Photo => ({ sha256, size, type });
const later = (days: number): string => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

/** Receives an application of which a material has these photos. */
function receiving(id: number, photos: TakenPhoto[]) {
  const body = receiveBody();
  const [first, ...rest] = body.materials;
  const materials = [{ ...first!, photos: photos.map(photoOf) }, ...rest];
  const files = { site: SITE.id, photos: photos.map(photoOf) };
  return press(id, appId(id), 'receive', { body: { ...body, materials }, files });
}

test('a photo is kept in parts of at most 48 KB, and comes back as it was', async () => {
  const store = await enrolledStore();
  const photo = await taken(500_000);
  expect(await keepPhoto(store, photo, NOW)).toEqual({ ok: true, value: 'kept' });
  const parts = await store.db.photoChunks.toArray();
  expect(parts.length).toBe(11);
  for (const { box } of parts) expect(box.length).toBeLessThanOrEqual(48 * 1024);
  expect(await readPhoto(store, photo.sha256)).toEqual(photo.bytes);
  expect(await readThumb(store, photo.sha256)).toEqual(photo.thumb);
  expect(await keepPhoto(store, photo, NOW)).toEqual({ ok: true, value: 'known' });
});

test('I13: fault: photo chunk missing; photo chunk corrupt → noticed; taking the picture anew mends it', async () => {
  const store = await enrolledStore();
  const photo = await taken(100_000);
  await keepPhoto(store, photo, NOW);
  const part = (await store.db.photoChunks.get([photo.sha256, 1]))!;
  part.box[500]! ^= 1;
  await store.db.photoChunks.put(part);
  expect(await readPhoto(store, photo.sha256)).toBeNull();
  expect(await keepPhoto(store, photo, NOW)).toEqual({ ok: true, value: 'kept' });
  await store.db.photoChunks.delete([photo.sha256, 2]);
  expect(await readPhoto(store, photo.sha256)).toBeNull();
});

test('the same photo of three applications is queued once, with the first command that names it', async () => {
  const store = await enrolledStore();
  const photo = await taken(1000);
  await keepPhoto(store, photo, NOW);
  expect(await nextUpload(store)).toBeNull();
  for (const id of [1, 2, 3])
    expect(await enqueue(store, receiving(id, [photo]))).toMatchObject({ ok: true });
  expect(await readUploads(store)).toHaveLength(1);
  expect(await nextUpload(store)).toMatchObject({ site: SITE.id, sha256: photo.sha256, status: 'queued' });
});

test('what was taken here is fresh until its bytes go; a document, and what came from another device, never is', async () => {
  const store = await enrolledStore();
  await leadStore(store, 'leader');
  const [photo, other] = [await taken(1000, 1), await taken(1000, 2)];
  const document = { ...(await taken(1000, 3)), type: 'pdf' as const };
  await enqueue(store, receiving(1, [photo, document]));
  await store.db.transaction('rw', store.db.uploads, () =>
    queueUploads(store, { site: SITE.id, photos: [other] }, later(1)),
  );
  const fresh = async () =>
    new Map((await readUploads(store)).map((row) => [row.sha256, row.fresh ?? false]));
  const [a, b, c] = [photo, document, other].map(({ sha256 }) => sha256);
  expect(await fresh()).toEqual(
    new Map([
      [a, true],
      [b, false],
      [c, false],
    ]),
  );
  expect(await beginUpload(store, { site: SITE.id, sha256: a! }, 'an earlier leader')).toBe('deposed');
  expect(await nextUpload(store, [{ site: SITE.id, sha256: b! }])).toMatchObject({ sha256: a, fresh: true });
  expect(await beginUpload(store, { site: SITE.id, sha256: a! }, 'leader')).toBe('done');
  expect((await fresh()).get(a!)).toBe(false);
  const beside = [a!, b!].map((sha256) => ({ site: SITE.id, sha256 }));
  expect(await nextUpload(store, beside)).toMatchObject({ sha256: c });
});

test('only the leader settles; what was refused is tried again when it is named again', async () => {
  const store = await enrolledStore();
  const photo = await taken(1000);
  await enqueue(store, receiving(1, [photo]));
  await leadStore(store, 'leader');
  const key = { site: SITE.id, sha256: photo.sha256 };
  const end = { status: 'refused' as const, why: 'truncated', settledAt: NOW };
  expect(await settleUpload(store, key, end, 'an earlier leader')).toBe('deposed');
  expect(await nextUpload(store)).not.toBeNull();
  expect(await settleUpload(store, key, end, 'leader')).toBe('done');
  expect(await nextUpload(store)).toBeNull();
  await enqueue(store, receiving(2, [photo]));
  expect(await nextUpload(store)).toMatchObject({ status: 'queued', why: null });
});

test('a photo that was taken anew is forgotten, and only if it was refused', async () => {
  const store = await enrolledStore();
  const [bad, good] = [await taken(1000, 1), await taken(1000, 2)];
  await enqueue(store, receiving(1, [bad, good]));
  await leadStore(store, 'leader');
  const end = { status: 'refused' as const, why: 'truncated', settledAt: NOW };
  await settleUpload(store, { site: SITE.id, sha256: bad.sha256 }, end, 'leader');
  expect(await forgetRefused(store, SITE.id, [bad.sha256, good.sha256])).toMatchObject({ ok: true });
  expect((await readUploads(store)).map(({ sha256 }) => sha256)).toEqual([good.sha256]);
});

test('an office that is another than the former one, or the first that is heard of, is sent photos again', async () => {
  const store = await enrolledStore();
  const photo = await taken(1000);
  await enqueue(store, receiving(1, [photo]));
  await leadStore(store, 'leader');
  const key = { site: SITE.id, sha256: photo.sha256 };
  const sent = () => settleUpload(store, key, { status: 'sent', why: null, settledAt: NOW }, 'leader');
  const commit = (from: string, to: string) =>
    commitRows(
      store,
      {
        position: { ...FIRST_POSITION, lineage: to },
        applications: [],
        dropBefore: null,
        outbox: [],
        contact: { lastSuccess: NOW, skewMs: 0, release: '' } as never,
      },
      { expected: { ...FIRST_POSITION, lineage: from }, token: 'leader' },
    );
  // a revoked device hands over photos to an office that tells it nothing, not even its lineage
  await sent();
  expect(await commit('', 'one')).toBe('done');
  expect(await nextUpload(store)).toMatchObject({ sha256: photo.sha256 });
  await sent();
  expect(await commit('one', 'one')).toBe('done');
  expect(await nextUpload(store)).toBeNull();
  expect(await commit('one', 'two')).toBe('done');
  expect(await nextUpload(store)).toMatchObject({ sha256: photo.sha256 });
});

test('photos go 14 days after the office had them; never one that a draft holds or that still has to go', async () => {
  const store = await enrolledStore();
  const [sent, held, queued] = [await taken(1000, 1), await taken(1000, 2), await taken(1000, 3)];
  for (const photo of [sent, held, queued]) await keepPhoto(store, photo, NOW);
  await enqueue(store, receiving(1, [sent, queued]));
  await leadStore(store, 'leader');
  await settleUpload(
    store,
    { site: SITE.id, sha256: sent.sha256 },
    { status: 'sent', why: null, settledAt: NOW },
    'leader',
  );
  const draft = {
    id: appId(9),
    itemCode: '1',
    itemHash: 'a'.repeat(64),
    owner: AGENT.id,
    updatedAt: NOW,
    shape: 2,
  };
  await saveDraft(store, { ...draft, photos: [held.sha256] }, {});
  const left = async (days: number) => {
    expect(await tidyRows(store, later(days), 'leader')).toBe('done');
    return (await store.db.photos.toArray()).map((row) => row.sha256).sort();
  };
  expect(await left(13)).toEqual([sent, held, queued].map((photo) => photo.sha256).sort());
  expect(await left(15)).toEqual([held, queued].map((photo) => photo.sha256).sort());
  expect((await store.db.photoChunks.toArray()).some((row) => row.sha256 === sent.sha256)).toBe(false);
});
