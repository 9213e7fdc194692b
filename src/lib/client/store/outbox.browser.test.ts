/** The outbox a page at a time, over the real IndexedDB. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOW } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { enqueue } from './ledger.ts';
import type { Store } from './open-database.ts';
import { arrivedWatch, troublesWatch, waitingWatch, type Listed } from './outbox.ts';
import { readStanding, readWaiting } from './outbox-heads.ts';
import type { OutboxRow } from './rows.ts';
import type { Watch } from './watch.ts';

let store: Store;
beforeEach(async () => {
  store = await enrolledStore();
});
afterEach(() => dropStore(store));

async function now<Raw, T>({ read, then }: Watch<Raw, Listed<T>>): Promise<Listed<T>> {
  return then(await read());
}

/** Copies of one command under other numbers, straight into the store: counting needs no signatures. */
async function many(count: number): Promise<void> {
  await enqueue(store, press(1, appId(1), 'receive'));
  const first = (await store.db.outbox.get(commandId(1)))!;
  const rows = Array.from({ length: count - 1 }, (_, at): OutboxRow => {
    const n = at + 2;
    return { ...first, n, id: commandId(n), applicationId: appId(n) };
  });
  await store.db.outbox.bulkAdd(rows);
}

test('what waits is told by application in the order of going, and how it goes on', async () => {
  for (const n of [1, 2, 3]) await enqueue(store, press(n, appId(n), 'receive'));
  await enqueue(store, press(4, appId(1), 'withdraw'));
  const { rows, more } = await now(waitingWatch(store, 2));
  expect(rows.map(({ applicationId, steps }) => [applicationId, steps.map(({ id }) => id)])).toEqual([
    [appId(1), [1, 4].map(commandId)],
    [appId(2), [commandId(2)]],
  ]);
  expect(more).toBe(true);
  expect((await now(waitingWatch(store, 3))).more).toBe(false);
});

test('thousands are all counted, and opened only as far as they are shown', async () => {
  await many(2500);
  const heads = await readWaiting(store);
  expect(heads.map(({ n }) => n)).toEqual(Array.from({ length: 2500 }, (_, at) => at + 1));
  const { rows, more } = await now(waitingWatch(store, 20));
  expect([rows.length, more]).toEqual([20, true]);
});

test('I8: refused, quarantined and parked need a person until they are dealt with, latest first', async () => {
  for (const n of [1, 2, 3, 4, 5]) await enqueue(store, press(n, appId(n), 'receive'));
  await store.db.outbox.update(commandId(1), { status: 'refused' });
  await store.db.outbox.update(commandId(2), { status: 'quarantined' });
  await store.db.outbox.update(commandId(3), { status: 'parked' });
  await store.db.outbox.update(commandId(4), { status: 'refused', aside: 1 });
  const all = await now(troublesWatch(store, 20));
  expect(all.rows.map(({ id }) => id)).toEqual([3, 2, 1].map(commandId));
  const part = await now(troublesWatch(store, 2));
  expect([part.rows.length, part.more]).toEqual([2, true]);
  expect((await readStanding(store)).map(({ n }) => n).sort()).toEqual([1, 2, 3, 4, 5]);
});

test('what arrived is told from a moment on, latest first', async () => {
  for (const n of [1, 2, 3]) {
    await enqueue(store, press(n, appId(n), 'receive'));
    const settledAt = `2026-09-${16 + n}T02:00:00.000Z`;
    await store.db.outbox.update(commandId(n), { status: 'acked', pulled: 1, settledAt });
  }
  const { rows, more } = await now(arrivedWatch(store, NOW, 20));
  expect([rows.map(({ id }) => id), more]).toEqual([[3, 2].map(commandId), false]);
});
