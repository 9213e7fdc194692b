import { afterEach, describe, expect, test } from 'vitest';
import { appId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import { receiveBody } from '../../../../tests/support/builders.ts';
import { storageContract } from '../../../../tests/support/storage-contract.ts';
import { SmallOffice } from '../../../../tests/support/small-office.ts';
import { allConfirmed } from '../store/confirmed.ts';
import { saveDraft } from '../store/drafts.ts';
import { enqueue } from '../store/ledger.ts';
import type { Store } from '../store/open-database.ts';
import { undo } from '../store/undo.ts';
import { requestOf } from './batch.ts';
import { merge, touchedBy } from './merge.ts';
import { dexieStorage } from './storage-dexie.ts';

const stores: Store[] = [];
const fresh = async (): Promise<Store> => {
  const store = await enrolledStore();
  stores.push(store);
  return store;
};
afterEach(async () => {
  for (const store of stores.splice(0)) await dropStore(store);
});

describe('storage in IndexedDB keeps the contract', () => {
  storageContract(async () => {
    const store = await fresh();
    return {
      storage: dexieStorage(store),
      enqueue: (it) => enqueue(store, it),
      async undo(id) {
        const done = await undo(store, id);
        if (!done.ok) throw new Error(done.why);
        return done.value;
      },
      confirmed: () => allConfirmed(store),
      outbox: () => store.db.outbox.orderBy('[device+n]').toArray(),
    };
  });
});

/** Applies one whole exchange. */
async function exchange(store: Store, office: SmallOffice): Promise<void> {
  const storage = dexieStorage(store);
  await storage.lead('t');
  const position = await storage.position();
  const rows = await storage.sendable(false);
  const commands = await storage.commands(rows.map((row) => row.id));
  const response = office.answer(requestOf(position, rows, commands, { release: null, keeps: 1 }));
  const merged = merge(await storage.local(touchedBy(response)), response, '2026-09-18T02:00:00.000Z');
  await storage.commit(merged.change, { expected: position, token: 't' });
}

test('no clear column of any row holds anything about a person', async () => {
  const store = await fresh();
  const { name, idNumber, phone, address } = receiveBody().applicant;
  const head = { id: appId(2), itemCode: '1', itemHash: 'b'.repeat(64), owner: 'p-agent', shape: 1 };
  await saveDraft(store, { ...head, updatedAt: '2026-09-18T02:00:00.000Z' }, receiveBody());
  await enqueue(store, press(1, appId(1), 'receive'));
  await exchange(store, new SmallOffice());
  await enqueue(store, press(2, appId(1), 'withdraw'));

  const tables = [store.db.outbox, store.db.applications, store.db.drafts, store.db.cursor];
  const rows = (await Promise.all(tables.map((table) => table.toArray()))).flat();
  expect(rows.length).toBeGreaterThanOrEqual(5);
  const clear = JSON.stringify(rows, (_, value: unknown) => (value instanceof Uint8Array ? 'box' : value));
  for (const secret of [name, idNumber, phone, address]) expect(clear).not.toContain(secret);
});

test('I15: an application whose row was damaged comes back by a reset', async () => {
  const store = await fresh();
  const office = new SmallOffice();
  await enqueue(store, press(1, appId(1), 'receive'));
  await exchange(store, office);
  await store.db.applications.update(appId(1), { box: new Uint8Array([0, 1, 2]) });
  await enqueue(store, press(2, appId(1), 'withdraw'));
  // the event cannot be applied; then everything is asked for anew
  await exchange(store, office);
  expect((await dexieStorage(store).position()).cursor).toBe(0);
  await exchange(store, office);
  expect((await allConfirmed(store)).map((it) => it.state)).toEqual(office.states());
});
