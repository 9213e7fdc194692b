import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from './open-database.ts';
import { countPrints, readPrinted, readPrints } from './prints.ts';

const NAME = 'prints-test';
let store: Store;

beforeEach(async () => {
  store = await openStore(NAME);
});
afterEach(async () => {
  store.close();
  await Dexie.delete(NAME);
});

test('each paper of each application is counted by itself, also after the browser was closed', async () => {
  await countPrints(store, 'receipt', ['a']);
  await countPrints(store, 'receipt', ['a']);
  await countPrints(store, 'notice-2', ['a']);
  store.close();
  store = await openStore(NAME);
  expect(await readPrints(store, 'receipt', 'a')).toBe(2);
  expect(await readPrints(store, 'notice-2', 'a')).toBe(1);
  expect([await readPrints(store, 'notice', 'a'), await readPrints(store, 'receipt', 'b')]).toEqual([0, 0]);
});

test('what was on a handover list is known, and nothing else', async () => {
  await countPrints(store, 'handover', ['a', 'b']);
  await countPrints(store, 'receipt', ['c']);
  expect((await readPrinted(store, 'handover')).sort()).toEqual(['a', 'b']);
});

test('a tab of an older program counts nothing and says why', async () => {
  await store.db.meta.put({ key: 'schema', value: 999 });
  expect(await countPrints(store, 'receipt', ['a'])).toEqual({ ok: false, why: 'reloadNeeded' });
});
