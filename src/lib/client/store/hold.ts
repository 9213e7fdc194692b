/**
 * The undo window (撤销): a command is on the disk at once, but the last one of a device may stay here for some seconds, so
 * that whoever pressed the button can take it back. Pure.
 * Invariants: only the last command of a chain is held, so none waits for another (I7); a clock that jumps holds nothing
 * for ever, because only a hold that ends soon counts (I10).
 */
import { instantMs } from '#lib/domain/day.ts';
import type { Hold, OutboxColumns } from './rows.ts';

/** How long the button 撤销 is there. */
export const HOLD_MS = 10_000;
/** No hold is longer: what ends later than this from now was written by another clock. */
const LONGEST_MS = 15_000;

/** Milliseconds for which a command stays here yet; 0 when it may go. */
export function heldMs(hold: Hold | null | undefined, now: number): number {
  const left = hold ? instantMs(hold.until) - now : 0;
  return left > 0 && left <= LONGEST_MS ? left : 0;
}

/** Of `rows` in order of device and n: those that may go, and after how long the next one may; null when none is held. */
export function released(
  rows: readonly OutboxColumns[],
  now: number,
): { free: OutboxColumns[]; nextMs: number | null } {
  const waits = rows.map((row, at) => {
    const last = rows[at + 1]?.device !== row.device;
    return last && row.status === 'queued' ? heldMs(row.held, now) : 0;
  });
  const held = waits.filter((ms) => ms > 0);
  return {
    free: rows.filter((_, at) => waits[at] === 0),
    nextMs: held.length > 0 ? Math.min(...held) : null,
  };
}
