import { afterEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { toHex } from '#lib/catalogue/hash.ts';
import { NOW } from '../../../../tests/support/builders.ts';
import { appId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { AGENT } from '../../../../tests/support/small-office.ts';
import { loadDraft, saveDraft } from './drafts.ts';
import { enqueue } from './ledger.ts';

const limit = (quotaSize?: number) =>
  cdp().send('Storage.overrideQuotaForOrigin', {
    origin: location.origin,
    ...(quotaSize === undefined ? {} : { quotaSize }),
  });
afterEach(() => limit());

/** Text that does not compress. */
const bulk = (bytes: number): string =>
  Array.from({ length: Math.ceil(bytes / 65_536) }, () =>
    toHex(crypto.getRandomValues(new Uint8Array(32_768))),
  ).join('');

// the browser asks for its quota when a database is first opened, so this file has one test
test('I2: no space: nothing half-written, the draft stays, and it goes on when there is space', async () => {
  await limit(500_000);
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

  await limit();
  const small = press(1, appId(1), 'receive', { draft: appId(1) });
  // the browser notices the space with a delay of its own
  await expect.poll(() => enqueue(store, small), { timeout: 20_000 }).toMatchObject({ ok: true, n: 1 });
  expect(await loadDraft(store, appId(1))).toBe(null);
  await dropStore(store);
});
