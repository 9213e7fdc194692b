import { afterEach, beforeEach, expect, test } from 'vitest';
import { itemHash, toHex } from '#lib/catalogue/hash.ts';
import type { Item } from '#lib/domain/item.ts';
import { ITEM_HASHES } from '#lib/protocol/item-hashes.ts';
import { item, NOW } from '../../../../tests/support/builders.ts';
import { appId } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import type { Store } from '../store/open-database.ts';
import { readItem } from '../store/releases.ts';
import { loadCitedItems } from './cited-items.ts';
import type { Http } from './http.ts';

let store: Store;
/** What the office answers with; null: there is no line. */
let answer: unknown[] | null;
let asked: string[][];

const http: Http = async ({ method, path, packed }) => {
  expect([method, path, packed?.type]).toEqual(['POST', '/api/catalogue/items', ITEM_HASHES.type]);
  const bytes = packed!.bytes;
  asked.push(
    Array.from({ length: bytes.length / 32 }, (_, i) => toHex(bytes.subarray(i * 32, (i + 1) * 32))),
  );
  if (answer === null) return { is: 'offline' };
  return {
    is: 'ok',
    bytes: new TextEncoder().encode(JSON.stringify(answer)),
    headers: new Headers(),
    sentBytes: 0,
  };
};

beforeEach(async () => {
  store = await enrolledStore();
  answer = null;
  asked = [];
});
afterEach(() => dropStore(store));

async function cite(n: number, one: Item): Promise<string> {
  const hash = await itemHash(one);
  await store.db.applications.put({
    id: appId(n),
    rev: 1,
    seq: n,
    epoch: 0,
    state: 'pending' as const,
    site: 'S1',
    itemCode: one.code,
    itemHash: hash,
    updatedAt: NOW,
    closedOn: null,
    box: new Uint8Array(1),
  });
  return hash;
}
const village = (n: number): Item => item({ code: String(410511005000 + n), name: `只在村里办的事项 ${n}` });

test('versions that applications cite are asked for together, and kept only if they are those versions', async () => {
  const mine = village(1);
  const other = village(2);
  const hashes = await Promise.all([cite(1, mine), cite(2, other), cite(3, mine)]);

  answer = [{ ...mine, name: '被改过的' }, other, village(3)];
  expect(await loadCitedItems({ store, http })).toBe(1);
  expect(asked.map((some) => some.toSorted())).toEqual([[...new Set(hashes)].sort()]);
  expect(await readItem(store, hashes[0])).toBeNull();
  expect(await readItem(store, hashes[1])).toEqual(other);
  expect(await store.db.items.count()).toBe(1);

  answer = [mine];
  expect(await loadCitedItems({ store, http })).toBe(0);
  expect(await readItem(store, hashes[0])).toEqual(mine);

  asked = [];
  expect(await loadCitedItems({ store, http })).toBe(0);
  expect(asked).toEqual([]);
});

test('more than fit into one request go in several; without a line all are missing still', async () => {
  const many = Array.from({ length: ITEM_HASHES.most + 1 }, (_, n) => village(n));
  for (const [n, one] of many.entries()) await cite(n, one);
  expect(await loadCitedItems({ store, http })).toBe(many.length);
  expect(asked.map((some) => some.length)).toEqual([ITEM_HASHES.most]);

  asked = [];
  answer = many;
  expect(await loadCitedItems({ store, http })).toBe(0);
  expect(asked.map((some) => some.length)).toEqual([ITEM_HASHES.most, 1]);
});
