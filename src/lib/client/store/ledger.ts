/** The outbox in IndexedDB as the ledger of enqueue.ts. One Web Lock serialises tabs; without it the retry does. */
import type { WireCommand } from '#lib/protocol/command.ts';
import { signBytes } from '../vault/keys.ts';
import { open, seal, type Place } from '../vault/seal.ts';
import { readDevice, readStaff } from './device.ts';
import { enqueueIn, firstChain, type Chain, type Enqueued, type Ledger, type Press } from './enqueue.ts';
import type { Store } from './open-database.ts';
import { queueUploads } from './photos.ts';
import type { OutboxEntry, OutboxRow } from './rows.ts';
import { read, write } from './write.ts';

export const commandPlace = (id: string, n: number): Place => ({ table: 'outbox', id, version: n });
const LOCK = 'jinban-outbox';
/** A frozen tab may hold the lock: after this long we go on without it. */
const PATIENCE_MS = 3000;

/** Takes a command into the outbox. When it says ok, the command is on the disk. */
export async function enqueue(store: Store, press: Press): Promise<Enqueued> {
  return alone(() => enqueueIn(dexieLedger(store), press));
}

export function dexieLedger(store: Store): Ledger {
  const { db } = store;
  return {
    async find(id) {
      const row = await read(store, () => db.outbox.get(id));
      if (!row) return null;
      const opened = await open<WireCommand>(row.box, commandPlace(row.id, row.n));
      if (!opened.ok) throw new Error(`command ${id} cannot be read: ${opened.why}`);
      return opened.value;
    },
    async chain() {
      const device = await readDevice(store);
      return device && (await currentChain(store, device.device));
    },
    async last(applicationId) {
      const own = (await readDevice(store))?.device;
      const rows = await read(store, () => db.outbox.where({ applicationId }).toArray());
      // what was carried here for another device is of another chain
      const mine = rows.filter((row) => row.device === own && row.status !== 'refused');
      const standing = mine.sort((a, b) => b.n - a.n);
      return standing[0]?.id ?? null;
    },
    async sign(actor, bytes) {
      const staff = await readStaff(store, actor);
      return staff && signBytes(staff.keys, bytes);
    },
    async append(entry, expected, draft, files) {
      const row = await rowOf(entry);
      const written = await write(store, ['outbox', 'drafts', 'uploads'], async () => {
        const chain = await chainInside(store, expected.device);
        if (chain.n !== expected.n || chain.head !== expected.head) return 'moved' as const;
        // a twin of the same id between `find` and here has moved the chain too
        await db.outbox.add(row);
        const moved: Chain = { device: entry.device, n: entry.n, head: entry.head };
        await db.meta.put({ key: 'chain', value: moved });
        if (draft !== null) await db.drafts.delete(draft);
        if (files !== null) await queueUploads(store, files, entry.at, true);
        if (entry.supersedes !== null) await db.outbox.update(entry.supersedes, { aside: 1 });
        return 'stored' as const;
      });
      return written.ok ? written.value : written.why;
    },
  };
}

export async function rowOf({ command, ...columns }: OutboxEntry): Promise<OutboxRow> {
  return { ...columns, box: await seal(command, commandPlace(columns.id, columns.n)), told: null };
}

const currentChain = (store: Store, device: string): Promise<Chain> =>
  read(store, () => chainInside(store, device));

/** A device enrolled anew starts a chain of its own. */
async function chainInside(store: Store, device: string): Promise<Chain> {
  const chain = (await store.db.meta.get('chain'))?.value as Chain | undefined;
  return chain?.device === device ? chain : firstChain(device);
}

async function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  let begun = false;
  try {
    return (await locks.request(LOCK, { signal: patience.signal }, () => {
      begun = true;
      clearTimeout(timer);
      return work();
    })) as T;
  } catch (error) {
    if (begun) throw error;
    return work();
  } finally {
    clearTimeout(timer);
  }
}
