/**
 * Live queries: `read` runs again when what it read changes, in this tab, another or the worker. It may touch nothing but
 * the database (Dexie notes what it reads); opening boxes and folding is `then`, outside. What takes long may be told in
 * part before it is whole.
 */
import { liveQuery } from 'dexie';

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
  const subscription = liveQuery(read).subscribe({
    next: (raw) => {
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
    },
    error: onTrouble,
  });
  return () => {
    stopped = true;
    subscription.unsubscribe();
  };
}
