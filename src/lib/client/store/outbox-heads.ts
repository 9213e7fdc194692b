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

export const byOrder = (a: Pick<OutboxHead, 'device' | 'n'>, b: Pick<OutboxHead, 'device' | 'n'>): number =>
  a.device === b.device ? a.n - b.n : a.device < b.device ? -1 : 1;

/**
 * Heads of these statuses that the confirmed state does not contain yet, by device and n. `most`: not more than so many
 * of the first ones. Touches nothing but the database, so a live query may call it.
 */
export async function readHeads(
  { db }: Store,
  statuses: readonly OutboxStatus[],
  most = Infinity,
): Promise<OutboxHead[]> {
  const heads: OutboxHead[] = [];
  for (const status of statuses) {
    let from: unknown[] = [0, status];
    for (let left = most; left > 0;) {
      const slice = Math.min(SLICE, left);
      const range = db.outbox.where(STANDING).between(from, [0, status, []], false, true);
      const keys = (await range.limit(slice).keys()) as unknown as Key[];
      for (const [pulled, , device, n, aside, bytes, applicationId, id] of keys) {
        heads.push({ pulled, status, device, n, aside, bytes, applicationId, id });
      }
      left -= keys.length;
      if (keys.length < slice) break;
      from = keys.at(-1)!;
    }
  }
  heads.sort(byOrder);
  return heads.length > most ? heads.slice(0, most) : heads;
}

/** Every command that is not yet part of the confirmed state, whatever its status. */
export const readStanding = (store: Store): Promise<OutboxHead[]> =>
  readHeads(store, [...WAITING, 'acked', ...TROUBLED]);
