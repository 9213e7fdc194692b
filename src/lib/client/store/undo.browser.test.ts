/** 撤销 over the real IndexedDB: two tabs, a browser that was killed, a courier's file. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { item, NOW } from '../../../../tests/support/builders.ts';
import { appId, commandId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore, freshName } from '../../../../tests/support/device-store.ts';
import { ITEM_HASH } from '../../../../tests/support/small-office.ts';
import { readApplication } from './applications.ts';
import { HOLD_MS } from './hold.ts';
import { enqueue } from './ledger.ts';
import { openStore, type Store } from './open-database.ts';
import { unsentFrames } from './parcel-out.ts';
import { heldWatch, undo, type HeldCommand } from './undo.ts';
import { watch } from './watch.ts';

let name: string;
let store: Store;
beforeEach(async () => {
  name = freshName();
  store = await enrolledStore(name);
  await store.db.items.put({ hash: ITEM_HASH, code: item().code, item: item() });
});
afterEach(() => dropStore(store));

const held = { holdMs: HOLD_MS };
const numbers = async () => (await store.db.outbox.orderBy('[device+n]').toArray()).map((row) => row.n);

test('I6: what is seen goes back to what it was', async () => {
  await enqueue(store, press(1, appId(1), 'receive'));
  await enqueue(store, press(2, appId(1), 'withdraw', held));
  expect((await readApplication(store, appId(1)))?.state?.state).toBe('withdrawn');
  await undo(store, commandId(2));
  const view = await readApplication(store, appId(1));
  expect(view?.state?.state).toBe('pending');
  expect(view?.pending.map(({ id }) => id)).toEqual([commandId(1)]);
});

test('pressing in one tab and taking back in another at once: the numbers have no gap, whoever is first', async () => {
  const other = await openStore(name);
  for (let round = 0; round < 12; round++) {
    await enqueue(store, press(100 + round, appId(100 + round), 'receive', held));
    const last = (await numbers()).length;
    const [done] = await Promise.all([
      undo(other, commandId(100 + round)),
      enqueue(store, press(200 + round, appId(200 + round), 'receive')),
    ]);
    const undone = done.ok && done.value === 'undone';
    expect(await numbers()).toEqual(Array.from({ length: undone ? last : last + 1 }, (_, i) => i + 1));
  }
  other.close();
});

test('a browser that was killed has it still, and it can still be taken back', async () => {
  await enqueue(store, press(1, appId(1), 'receive', held));
  store.close();
  store = await openStore(name);
  expect(await numbers()).toEqual([1]);
  expect(await undo(store, commandId(1))).toEqual({ ok: true, value: 'undone' });
  expect(await numbers()).toEqual([]);
});

test('what was exported for a courier may arrive, and cannot be taken back', async () => {
  await enqueue(store, press(1, appId(1), 'receive', held));
  const parcel = (await unsentFrames(store, NOW))!;
  for await (const frame of parcel.frames) expect(frame.length).toBeGreaterThan(0);
  expect(parcel.packed.commands).toBe(1);
  expect(await undo(store, commandId(1))).toEqual({ ok: true, value: 'sent' });
});

test('the last act is offered until it is followed, sent or taken back', async () => {
  const seen: (HeldCommand | null)[] = [];
  const stop = watch(
    heldWatch(store),
    (value) => seen.push(value),
    (error) => {
      throw error;
    },
  );
  const offered = (id: string | null) => expect.poll(() => seen.at(-1)?.id ?? null).toBe(id);
  await offered(null);
  await enqueue(store, press(1, appId(1), 'receive', held));
  await offered(commandId(1));
  expect(seen.at(-1)?.command?.body).toEqual(press(1, appId(1), 'receive').body);
  await enqueue(store, press(2, appId(2), 'receive'));
  await offered(null);
  await enqueue(store, press(3, appId(3), 'receive', held));
  await offered(commandId(3));
  await undo(store, commandId(3));
  await offered(null);
  stop();
});
