/**
 * Live queries: `read` runs again when what it read changes, in this tab, another or the worker. It may touch nothing but
 * the database (Dexie notes what it reads); opening boxes and folding is `then`, outside. What takes long may be told in
 * part before it is whole.
 */
import { liveQuery } from 'dexie';

/**
 * A page that can be seen reads again this often all the same: BroadcastChannel, by which it hears of other tabs and the
 * worker, is only faster, never needed. A query that has failed recovers by it, too. Not by the live query: it may answer
 * from memory.
 */
const POLL_MS = 60_000;

export interface Watch<Raw, T> {
  read: () => Promise<Raw>;
  /** `soon`: a value that is right as far as it goes, while the rest is still being opened. */
  then: (raw: Raw, soon?: (part: T) => void) => Promise<T>;
}

/** Gives the value now and after each change, never an older one after a newer. Returns how to stop. */
export function watch<Raw, T>(
  { read, then }: Watch<Raw, T>,
  onValue: (value: T, whole: boolean) => void,
  onTrouble: (error: unknown) => void,
): () => void {
  let latest = 0;
  let stopped = false;
  const tell = (raw: Raw): void => {
    const mine = ++latest;
    const current = (): boolean => !stopped && mine === latest;
    const soon = (part: T): void => {
      if (current()) onValue(part, false);
    };
    then(raw, soon).then(
      (value) => {
        if (current()) onValue(value, true);
      },
      (error: unknown) => {
        if (current()) onTrouble(error);
      },
    );
  };
  const subscription = liveQuery(read).subscribe({ next: tell, error: onTrouble });
  const poll = setInterval(() => {
    if (document.visibilityState === 'hidden') return;
    const before = latest;
    read().then(
      // what was told meanwhile is newer
      (raw) => (latest === before && !stopped ? tell(raw) : undefined),
      (error: unknown) => (stopped ? undefined : onTrouble(error)),
    );
  }, POLL_MS);
  return () => {
    stopped = true;
    clearInterval(poll);
    subscription.unsubscribe();
  };
}
