/**
 * One request at a time on one upload of this process (tus Locker). Who comes asks the one before to hand over, because
 * that is most often a dead connection of the same device; if it does not, the answer is 423. Several processes need no
 * lock: a byte is acknowledged by a comparison in the database (photo-rows.ts).
 */
import type { Lock, Locker, RequestRelease } from '@tus/server';

/** Somebody else is at it, and does not hand over. */
export class UploadBusy extends Error {
  override name = 'UploadBusy';
}

interface Holder {
  askRelease: RequestRelease;
  released: Promise<void>;
  release: () => void;
}

export class UploadLocks implements Locker {
  readonly #holders = new Map<string, Holder>();
  readonly #waitMs: number;

  /** @param waitMs how long to wait for the one before */
  constructor(waitMs: number) {
    this.#waitMs = waitMs;
  }

  newLock(id: string): Lock {
    return {
      lock: (signal, askRelease) => this.#take(id, signal, askRelease),
      unlock: async () => this.#holders.get(id)?.release(),
    };
  }

  async #take(id: string, signal: AbortSignal, askRelease: RequestRelease): Promise<void> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), this.#waitMs);
    try {
      for (let holder = this.#holders.get(id); holder; holder = this.#holders.get(id)) {
        await holder.askRelease();
        await Promise.race([holder.released, whenAborted(signal), whenAborted(over.signal)]);
        if (signal.aborted || (over.signal.aborted && this.#holders.has(id))) {
          throw new UploadBusy('the upload is in other hands');
        }
      }
    } finally {
      clearTimeout(timer);
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const release = (): void => {
      this.#holders.delete(id);
      resolve();
    };
    this.#holders.set(id, { askRelease, released: promise, release });
  }
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
