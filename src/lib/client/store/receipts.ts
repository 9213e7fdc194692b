/**
 * What this device counts about receipts (收件凭证): the serial of a day, and how often each was printed. Both in `meta`,
 * beside the outbox and not derived from it: commands and drafts go after a while, a number that was on paper stays taken.
 * Invariant: a serial is never handed out twice; one that was not used after all is a gap, which harms nobody.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Store } from './open-database.ts';
import { readMeta } from './device.ts';
import { write, type Written } from './write.ts';

const serialKey = (device: string, day: Day): string => `serial:${device}:${day}`;
const printsKey = (applicationId: string): string => `prints:${applicationId}`;

/** The next serial of this device on that day, from 1. Each day keeps its own count, so a clock set back repeats none. */
export const nextReceiptSerial = (store: Store, device: string, day: Day): Promise<Written<number>> =>
  countUp(store, serialKey(device, day));

/** Counts a print of this application's receipt; gives how many there were with it. */
export const countPrint = (store: Store, applicationId: string): Promise<Written<number>> =>
  countUp(store, printsKey(applicationId));

/** How often this application's receipt was printed here. */
export const readPrints = async (store: Store, applicationId: string): Promise<number> =>
  (await readMeta<number>(store, printsKey(applicationId))) ?? 0;

const countUp = (store: Store, key: string): Promise<Written<number>> =>
  write(store, [], async () => {
    const last = (await store.db.meta.get(key))?.value;
    const next = (typeof last === 'number' ? last : 0) + 1;
    await store.db.meta.put({ key, value: next });
    return next;
  });
