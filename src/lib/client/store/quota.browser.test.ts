import Dexie from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { toHex } from '#lib/catalogue/hash.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { appId, press } from '../../../../tests/support/device-fixture.ts';
import { enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT } from '../../../../tests/support/small-office.ts';
import { loadDraft, saveDraft } from './drafts.ts';
import { enqueue } from './ledger.ts';

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
afterEach(async () => {
  Dexie.dependencies.indexedDB = usual;
  await storageBuckets.delete('small');
});

/** Text that does not compress. */
const bulk = (bytes: number): string =>
  Array.from({ length: Math.ceil(bytes / 65_536) }, () =>
    toHex(crypto.getRandomValues(new Uint8Array(32_768))),
  ).join('');

test('I2: fault: quota full → nothing half-written, and the last saved draft stays', async () => {
  // a storage bucket has a real quota of its own
  Dexie.dependencies.indexedDB = (await storageBuckets.open('small', { quota: 1_000_000 })).indexedDB;
  const store = await enrolledStore();
  const draft = {
    id: appId(1),
    itemCode: '1',
    itemHash: 'a'.repeat(64),
    owner: AGENT.id,
    updatedAt: NOW,
    shape: 1,
  };
  await saveDraft(store, draft, { answers: {} });
  const big = press(1, appId(1), 'receive', { draft: appId(1) });
  (big.body as { applicant: { address: string } }).applicant.address = bulk(1_500_000);

  expect(await enqueue(store, big)).toEqual({ ok: false, why: 'full' });
  expect(await store.db.outbox.count()).toBe(0);
  expect(await store.db.meta.get('chain')).toBe(undefined);
  expect(await loadDraft(store, appId(1))).not.toBe(null);
  expect(await saveDraft(store, draft, { answers: bulk(1_500_000) })).toEqual({ ok: false, why: 'full' });
  expect((await loadDraft(store, appId(1)))?.content).toEqual({ answers: {} });
  store.close();
});
