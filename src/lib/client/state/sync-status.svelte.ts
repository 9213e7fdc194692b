/** What the worker is doing, for the status line and the sync centre; and the two words a page may say to it. */
import { createSubscriber } from 'svelte/reactivity';
import { FIRST_STATUS, isOnline, type SyncStatus } from '../sync/status.ts';
import { syncWorker } from '../sync/worker-client.ts';

export { isOnline, type SyncStatus };

class Sync {
  #status = $state.raw<SyncStatus>(FIRST_STATUS);
  #subscribe = createSubscriber(() => syncWorker.onStatus((status) => (this.#status = status)));

  get status(): SyncStatus {
    this.#subscribe();
    return this.#status;
  }

  /** The office answered last time it was asked. */
  get online(): boolean {
    return isOnline(this.status.phase);
  }

  start(): void {
    syncWorker.start();
  }

  /** 立即同步 */
  now(): void {
    syncWorker.syncNow();
  }
}

export const sync = new Sync();

/** Something was kept: the worker looks at once instead of waiting for its next turn. */
export const wakeSync = (): void => syncWorker.wake();
