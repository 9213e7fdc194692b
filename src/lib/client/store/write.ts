/**
 * Every write of the device goes through here: one strict transaction, or a typed reason and nothing written. The
 * schema number is compared inside the transaction, so a tab left open across a deploy writes nothing.
 */
import { SCHEMA, type TableName } from './database.ts';
import { isNamed, type Store } from './open-database.ts';

/** `full`: no space left. `reloadNeeded`: a newer program is at work. `unavailable`: the browser gives no storage. */
export type WriteFailure = 'full' | 'reloadNeeded' | 'unavailable';
export type Written<T = void> = { ok: true; value: T } | { ok: false; why: WriteFailure };

const OUTDATED = 'JinbanOutdated';
/** What IndexedDB says when its connection or its files are gone; a second try on a new connection often works. */
const LOST = [
  'DatabaseClosedError',
  'DatabaseClosed',
  'InvalidStateError',
  'InvalidState',
  'UnknownError',
  'OpenFailedError',
  'OpenFailed',
  'MissingAPIError',
  'NotFoundError',
  'TimeoutError',
];

/**
 * Runs `work` in one transaction over these tables (and `meta`). `work` may run twice and awaits nothing but the
 * database. Errors that are bugs throw.
 */
export async function write<T>(
  store: Store,
  tables: readonly TableName[],
  work: () => Promise<T>,
): Promise<Written<T>> {
  const { db } = store;
  const names = [...new Set<TableName>([...tables, 'meta'])];
  for (let attempt = 0; ; attempt++) {
    if (store.state === 'reloadNeeded') return { ok: false, why: 'reloadNeeded' };
    try {
      const value = await db.transaction('rw', names, async () => {
        const kept = (await db.meta.get('schema'))?.value;
        if (kept !== SCHEMA) throw Object.assign(new Error('another schema'), { name: OUTDATED });
        return work();
      });
      return { ok: true, value };
    } catch (error) {
      if (isNamed(error, OUTDATED)) {
        store.outdate();
        return { ok: false, why: 'reloadNeeded' };
      }
      if (isNamed(error, 'QuotaExceededError')) return { ok: false, why: 'full' };
      // a transaction cut by the browser (power, quota of the disk) has written nothing either
      if (!isNamed(error, ...LOST, 'AbortError')) throw error;
      if (attempt > 0 || !(await store.reopen())) return { ok: false, why: whyClosed(store) };
    }
  }
}

const whyClosed = (store: Store): WriteFailure =>
  store.state === 'reloadNeeded' ? 'reloadNeeded' : 'unavailable';

/** A read that could not be made: the page says so and keeps what is on the screen. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** Reads, once more on a new connection when the first was lost. Throws StoreUnavailable when that fails too. */
export async function read<T>(store: Store, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isNamed(error, ...LOST, 'AbortError')) throw error;
      if (attempt > 0 || !(await store.reopen())) {
        throw new StoreUnavailable('IndexedDB is not available', { cause: error });
      }
    }
  }
}

/** Inside a transaction: whether this is still the leader's token (I11). */
export const isLeader = async (store: Store, token: string): Promise<boolean> =>
  (await store.db.meta.get('leader'))?.value === token;

/** A write that only the leader makes. */
export async function ledWrite(
  store: Store,
  tables: readonly TableName[],
  token: string,
  work: () => Promise<void>,
): Promise<'done' | 'deposed' | WriteFailure> {
  const written = await write(store, tables, async () => {
    if (!(await isLeader(store, token))) return 'deposed' as const;
    await work();
    return 'done' as const;
  });
  return written.ok ? written.value : written.why;
}
