/**
 * Opening the database, and what can go wrong with it. A browser loses its backing store now and then (security.md:
 * 884 K errors a month in one app), so opening is tried again before it is called unavailable; nothing is ever deleted
 * to get it open. When a newer program wants to change the database, this one lets go and refuses to write from then on.
 */
import { createDatabase, SCHEMA, type Database } from './database.ts';

/** `reloadNeeded`: a newer program has taken over. `unavailable`: the browser does not give its storage. */
export type StoreState = 'open' | 'reloadNeeded' | 'unavailable';

export interface Store {
  readonly db: Database;
  /** As last seen; a write or a `reopen` may change it. */
  readonly state: StoreState;
  /** Calls back on each change of `state`; returns how to stop. */
  onState(listener: (state: StoreState) => void): () => void;
  /** Closes and opens again; true when that worked. Never after `reloadNeeded`. */
  reopen(): Promise<boolean>;
  /** Remembers that a newer program is at work here. */
  outdate(): void;
  close(): void;
}

const ATTEMPTS = 3;

/** Opens `name`. Always gives a store: look at its `state`. */
export async function openStore(name = 'jinban'): Promise<Store> {
  const db = createDatabase(name);
  const listeners = new Set<(state: StoreState) => void>();
  let state: StoreState = 'open';

  const enter = (next: StoreState): void => {
    if (state === next || state === 'reloadNeeded') return;
    state = next;
    for (const listener of listeners) listener(next);
  };
  const outdate = (): void => {
    db.close({ disableAutoOpen: true });
    enter('reloadNeeded');
  };
  // a newer program in another tab wants to upgrade: holding on would block it
  db.on('versionchange', () => {
    outdate();
    return false;
  });

  const reopen = async (): Promise<boolean> => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (state === 'reloadNeeded') return false;
      db.close({ disableAutoOpen: false });
      try {
        await db.open();
        if (!(await claimSchema(db))) {
          outdate();
          return false;
        }
        enter('open');
        return true;
      } catch (error) {
        if (isNamed(error, 'VersionError')) {
          outdate();
          return false;
        }
      }
    }
    enter('unavailable');
    return false;
  };

  const store: Store = {
    db,
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reopen,
    outdate,
    close: () => db.close({ disableAutoOpen: true }),
  };
  await reopen();
  return store;
}

/** Writes our schema number unless a newer program was here: then false. */
function claimSchema(db: Database): Promise<boolean> {
  return db.transaction('rw', db.meta, async () => {
    const kept = (await db.meta.get('schema'))?.value;
    if (typeof kept === 'number' && kept > SCHEMA) return false;
    if (kept !== SCHEMA) await db.meta.put({ key: 'schema', value: SCHEMA });
    return true;
  });
}

/** Whether an error, or what it wraps, has this name. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  const it = error as { name?: unknown; inner?: unknown } | null | undefined;
  if (typeof it !== 'object' || it === null) return false;
  return names.includes(String(it.name)) || isNamed(it.inner, ...names);
}
