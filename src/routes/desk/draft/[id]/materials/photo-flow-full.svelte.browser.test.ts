/** The device is full: a file of its own, because the store of a tab is opened once, and here in a bucket with a quota. */
import Dexie from 'dexie';
import { afterAll, expect, test } from 'vitest';
import type { Photo } from '#lib/domain/materials.ts';
import { asJpeg, noise } from '../../../../../../tests/support/drawn-pictures.ts';
import { PhotoFlow } from './photo-flow.svelte.ts';

interface Bucket {
  indexedDB: IDBFactory;
}
const { storageBuckets } = navigator as Navigator & {
  storageBuckets: {
    open(name: string, options: { quota: number }): Promise<Bucket>;
    delete(name: string): Promise<void>;
  };
};
const usual = Dexie.dependencies.indexedDB;
afterAll(async () => {
  Dexie.dependencies.indexedDB = usual;
  await storageBuckets.delete('small');
});

/** As it is now: what was known of it before a call is known no longer. */
const stageOf = (flow: PhotoFlow): PhotoFlow['stage'] => flow.stage;

test('no space: the photo stays on the screen, nothing counts, and the words say that the text is safe', async () => {
  Dexie.dependencies.indexedDB = (await storageBuckets.open('small', { quota: 1_000_000 })).indexedDB;
  const pages: Photo[] = [];
  const flow = new PhotoFlow({
    material: '居民户口簿',
    pages: () => pages,
    onkept: (photo) => void pages.push(photo),
  });
  const files = await Promise.all(
    [1000, 1100, 1200, 1300].map((width) => noise(width, 900)).map((one) => asJpeg(one)),
  );
  await flow.addFiles(files);
  while (flow.stage.is === 'crop') {
    const { preview } = flow.stage;
    await flow.prepare(preview);
    const after = stageOf(flow);
    if (after.is === 'result') await flow.use(after.prepared, preview);
  }
  expect(flow.stage).toMatchObject({
    is: 'result',
    failure: { what: '照片放不下了', why: expect.stringContaining('填写的内容已经存好') },
  });
  expect(pages.length).toBeLessThan(files.length);
  flow.close();
});
