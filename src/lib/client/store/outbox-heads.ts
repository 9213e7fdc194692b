/**
 * The outbox by its index alone: which commands stand in it, how large they are and where they belong, without opening a
 * box. Ten thousand commands after a month without a network are counted in a moment and listed a page at a time.
 */
import { STANDING } from './database.ts';
import type { Store } from './open-database.ts';
import type { OutboxStatus } from './rows.ts';

/** A command as the index tells it. */
export interface OutboxHead {
  pulled: 0 | 1;
  status: OutboxStatus;
  device: string;
  n: number;
  aside: 0 | 1;
  bytes: number;
  applicationId: string;
  id: string;
}
type Key = [0 | 1, OutboxStatus, string, number, 0 | 1, number, string, string];

/** Keys read at one go: some 10 ms on an old PC. */
const SLICE = 1000;

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

/**
 * Heads of these statuses that the confirmed state does not contain yet, each status by device and n. Touches nothing but
 * the outbox, so a live query may call it, and a transaction over it.
 */
export async function readHeads({ db }: Store, statuses: readonly OutboxStatus[]): Promise<OutboxHead[]> {
  const heads: OutboxHead[] = [];
  for (const status of statuses) {
    let from: unknown[] = [0, status];
    for (;;) {
      const range = db.outbox.where(STANDING).between(from, [0, status, []], false, true);
      const keys = (await range.limit(SLICE).keys()) as unknown as Key[];
      for (const [pulled, , device, n, aside, bytes, applicationId, id] of keys) {
        heads.push({ pulled, status, device, n, aside, bytes, applicationId, id });
      }
      if (keys.length < SLICE) break;
      from = keys.at(-1)!;
    }
  }
  return heads;
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
