import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from './open-database.ts';
import { nextReceiptSerial } from './receipts.ts';

const NAME = 'receipts-test';
const DAY = '2026-09-23';
let store: Store;

beforeEach(async () => {
  store = await openStore(NAME);
});
afterEach(async () => {
  store.close();
  await Dexie.delete(NAME);
});

const serials = async (from: Store, count: number, day = DAY): Promise<number[]> => {
  const written = await Promise.all(Array.from({ length: count }, () => nextReceiptSerial(from, 'd1', day)));
  return written.flatMap((one) => (one.ok ? one.value : []));
};

test('two tabs at once never get the same serial', async () => {
  const other = await openStore(NAME);
  const given = (await Promise.all([serials(store, 20), serials(other, 20)])).flat();
  other.close();
  expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
});

test('a serial stays taken when draft and command are gone and the browser was closed', async () => {
  expect(await serials(store, 1)).toEqual([1]);
  await store.db.outbox.clear();
  await store.db.drafts.clear();
  store.close();
  store = await openStore(NAME);
  expect(await serials(store, 1)).toEqual([2]);
});

test('every day begins at 1, and a clock that was set back repeats none', async () => {
  expect(await serials(store, 2)).toEqual([1, 2]);
  expect(await serials(store, 1, '2026-09-24')).toEqual([1]);
  expect(await serials(store, 1)).toEqual([3]);
});

test('a device that was enrolled anew counts for itself', async () => {
  await serials(store, 3);
  expect(await nextReceiptSerial(store, 'd2', DAY)).toEqual({ ok: true, value: 1 });
});

test('a tab of an older program gets no serial and says why', async () => {
  await store.db.meta.put({ key: 'schema', value: 999 });
  expect(await nextReceiptSerial(store, 'd1', DAY)).toEqual({ ok: false, why: 'reloadNeeded' });
});
