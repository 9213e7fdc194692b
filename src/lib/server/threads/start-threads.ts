/**
 * Starts the reading threads of a built office: as many as there are cores beside the one that judges, at most three, or as
 * SYNC_THREADS says; none where server.js did not name their file (development, one core). server.js finds the door
 * where `THE_DOOR` says: it is bundled apart from the application and imports nothing of it.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { databaseAddress } from '../db/address.ts';
import { dataDirectory, type Office } from '../office.ts';
import type { ThreadStart } from './messages.ts';
import { SyncThreads } from './sync-threads.ts';

const MOST = 3;
const THE_DOOR = Symbol.for('jinban.syncDoor');

function threadCount({ SYNC_THREADS: asked }: { SYNC_THREADS?: string } = process.env): number {
  if (!asked) return Math.min(availableParallelism() - 1, MOST);
  if (!/^\d$/.test(asked)) throw new Error('SYNC_THREADS must be a number from 0 to 9');
  return Number(asked);
}

/** Returns what ends them. */
export function startSyncThreads(office: Office): () => Promise<void> {
  const { SYNC_THREAD_FILE: file } = process.env;
  const count = threadCount();
  if (!file || count === 0) return async () => undefined;
  const start: ThreadStart = {
    address: databaseAddress(dataDirectory()),
    files: join(dataDirectory(), 'files'),
    ahead: Date.parse(office.clock.now()) - Date.now(),
  };
  const threads = new SyncThreads(office, count, () => new Worker(file, { workerData: start }));
  Reflect.set(globalThis, THE_DOOR, threads.take.bind(threads));
  return () => threads.close();
}
