import { afterEach, beforeEach, expect, test } from 'vitest';
import { appId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { arrivalsWatch, forgetArrival, noteArrival, tidyArrivals, type Arrival } from './arrivals.ts';
import { enqueue } from './ledger.ts';
import type { Store } from './open-database.ts';

let store: Store;
beforeEach(async () => (store = await enrolledStore()));
afterEach(() => dropStore(store));

const ARRIVAL: Arrival = { on: '2026-09-18', by: '张样本' };
async function noted(): Promise<[string, Arrival][]> {
  const { read, then } = arrivalsWatch(store);
  return [...(await then(await read()))];
}

test('a result that came is known by its application, until it is taken back', async () => {
  await noteArrival(store, appId(1), ARRIVAL);
  await noteArrival(store, appId(2), ARRIVAL);
  await forgetArrival(store, appId(2));
  expect(await noted()).toEqual([[appId(1), ARRIVAL]]);
});

test('notes go with their applications, and not before', async () => {
  await enqueue(store, press(1, appId(1), 'receive'));
  await noteArrival(store, appId(1), ARRIVAL);
  await noteArrival(store, appId(2), ARRIVAL);
  expect(await tidyArrivals(store)).toMatchObject({ ok: true });
  expect((await noted()).map(([id]) => id)).toEqual([appId(1)]);
});
