import { afterEach, expect, test, vi } from 'vitest';
import { enqueue } from '../store/ledger.ts';
import { appId, press } from '../../../../tests/support/device-fixture.ts';
import { dropStore, enrolledStore } from '../../../../tests/support/device-store.ts';
import type { SyncStatus } from './status.ts';
import { createSyncWorker, syncWorker, type SyncWorker } from './worker-client.ts';

const running: SyncWorker[] = [];
afterEach(() => {
  for (const client of running.splice(0)) client.stop();
});
const start = (client: SyncWorker): SyncWorker => {
  running.push(client);
  client.start();
  return client;
};
const scripted = (code: string): Worker =>
  new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), { type: 'module' });
const polled = { timeout: 20_000, interval: 50 };

test('a worker that dies is replaced, slower each time, and people are told in the end', async () => {
  const spawned: number[] = [];
  const statuses: SyncStatus[] = [];
  const spawn = (): Worker => {
    spawned.push(performance.now());
    return scripted('throw new Error("dead on arrival")');
  };
  const client = start(createSyncWorker({ spawn, respawnMs: 50, callMs: 5_000 }));
  client.onStatus((status) => statuses.push(status));
  await expect.poll(() => spawned.length, polled).toBeGreaterThanOrEqual(5);
  const gaps = spawned.slice(1).map((at, i) => at - spawned[i]!);
  expect(gaps[3]).toBeGreaterThan(gaps[0]!);
  // it never counted what waits, so nobody says that nothing does
  expect(statuses.at(-1)).toMatchObject({ phase: 'starting', alarm: { code: 'fault' } });
});

test('a worker that answers nothing is replaced instead of hanging every call', async () => {
  const spawn = vi.fn(() => scripted('addEventListener("message", () => undefined)'));
  start(createSyncWorker({ spawn, respawnMs: 20, callMs: 100 }));
  await expect.poll(() => spawn.mock.calls.length, polled).toBeGreaterThanOrEqual(3);
});

test('the real worker starts without an office and says that it is offline', async () => {
  const store = await enrolledStore('jinban');
  await enqueue(store, press(1, appId(1), 'receive'));
  start(syncWorker);
  await expect
    .poll(() => syncWorker.status, polled)
    .toMatchObject({
      phase: 'offline',
      waiting: 1,
      leader: true,
      lastSuccess: null,
    });
  await enqueue(store, press(2, appId(2), 'receive'));
  syncWorker.wake();
  await expect.poll(() => syncWorker.status.waiting, polled).toBe(2);
  syncWorker.stop();
  await dropStore(store);
});
