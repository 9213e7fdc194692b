/**
 * The serials of receipts (收件凭证) that this device gives out, a count for each day. In `meta`, beside the outbox and not
 * derived from it: commands and drafts go after a while, a number that was on paper stays taken.
 * Invariant: a serial is never handed out twice; one that was not used after all is a gap, which harms nobody.
 */
import type { Day } from '#lib/domain/day.ts';
import type { Store } from './open-database.ts';
import { write, type Written } from './write.ts';

const serialKey = (device: string, day: Day): string => `serial:${device}:${day}`;

/** The next serial of this device on that day, from 1. Each day keeps its own count, so a clock set back repeats none. */
export const nextReceiptSerial = (store: Store, device: string, day: Day): Promise<Written<number>> =>
  write(store, [], async () => {
    const key = serialKey(device, day);
    const last = (await store.db.meta.get(key))?.value;
    const next = (typeof last === 'number' ? last : 0) + 1;
    await store.db.meta.put({ key, value: next });
    return next;
  });
