/**
 * The outbox without its boxes: which commands stand in it, how large they are and where they belong. An index says which
 * ids stand where, in one native call; what else is told of an id never changes and is read once. So ten thousand commands
 * after a month without a network are counted in a moment and listed a page at a time.
 */
import { STANDING } from './database.ts';
import type { Store } from './open-database.ts';
import type { OutboxColumns, OutboxStatus } from './rows.ts';

/** What of a command never changes. */
type Fixed = Pick<OutboxColumns, 'device' | 'n' | 'bytes' | 'applicationId'>;

/** A command as it stands. */
export interface OutboxHead extends Fixed {
  id: string;
  status: OutboxStatus;
  pulled: 0 | 1;
  aside: 0 | 1;
}

/** Rows read at one go to learn of them: some 20 ms on an old PC. */
const SLICE = 100;

export const WAITING: readonly OutboxStatus[] = ['queued', 'sent'];
/** What may need a person; a refusal that was dealt with is told by `aside`. */
export const TROUBLED: readonly OutboxStatus[] = ['refused', 'quarantined', 'parked'];

type Numbered = Pick<OutboxHead, 'device' | 'n'>;

/**
 * The order in which commands go and are played: what was carried here for other devices first, because this device may
 * have built on it; each device's by n.
 */
export const inOrder =
  (own: string | null) =>
  (a: Numbered, b: Numbered): number => {
    if (a.device === b.device) return a.n - b.n;
    if (a.device === own || b.device === own) return a.device === own ? 1 : -1;
    return a.device < b.device ? -1 : 1;
  };

const knownOf = new WeakMap<Store, Map<string, Fixed>>();

/**
 * Heads of these statuses that the confirmed state does not contain yet, in no order. Touches nothing but the outbox, so
 * a live query may call it, and a transaction over it.
 */
export async function readHeads(store: Store, statuses: readonly OutboxStatus[]): Promise<OutboxHead[]> {
  const stands: Pick<OutboxHead, 'id' | 'status' | 'aside'>[] = [];
  for (const status of statuses) {
    for (const aside of [0, 1] as const) {
      const ids = await store.db.outbox.where(STANDING).equals([0, status, aside]).primaryKeys();
      for (const id of ids) stands.push({ id, status, aside });
    }
  }
  const known = await learn(
    store,
    stands.map(({ id }) => id),
  );
  return stands.flatMap((stand) => {
    const fixed = known.get(stand.id);
    return fixed ? [{ ...stand, pulled: 0 as const, ...fixed }] : [];
  });
}

async function learn(store: Store, ids: readonly string[]): Promise<ReadonlyMap<string, Fixed>> {
  const known = knownOf.get(store) ?? new Map<string, Fixed>();
  knownOf.set(store, known);
  const missing = ids.filter((id) => !known.has(id));
  for (let from = 0; from < missing.length; from += SLICE) {
    const rows = await store.db.outbox.bulkGet(missing.slice(from, from + SLICE));
    for (const row of rows) {
      if (!row) continue;
      const { device, n, bytes, applicationId } = row;
      known.set(row.id, { device, n, bytes, applicationId });
    }
  }
  return known;
}

/** Every command that is not yet part of the confirmed state, whatever its status. */
export const readStanding = (store: Store): Promise<OutboxHead[]> =>
  readHeads(store, [...WAITING, 'acked', ...TROUBLED]);

/** What still has to go, in the order of going; inside a transaction it needs `meta` too. */
export async function readWaiting(
  store: Store,
  statuses: readonly OutboxStatus[] = WAITING,
): Promise<OutboxHead[]> {
  const device = (await store.db.meta.get('device'))?.value as { device: string } | undefined;
  return (await readHeads(store, statuses)).sort(inOrder(device?.device ?? null));
}
