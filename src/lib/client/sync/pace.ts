/**
 * How fast: waiting between attempts, size of a batch, patience with a request. Pure arithmetic; the loop keeps the
 * numbers. Full jitter keeps a thousand villages from calling together when the line comes back.
 */
import { LIMITS } from '#lib/protocol/limits.ts';

export const BASE_MS = 2_000;
export const CAP_MS = 5 * 60_000;
/** Idle: ask this often for what is new (BroadcastChannel and wakes are only faster, never needed). */
export const POLL_MS = 60_000;
/** While the office would wake this device, so many times as long. */
export const HELD_POLLS = 20;
/** Commands are waiting and the office answers, yet none gets through: people are told after this long (I10). */
export const STALL_MS = 10 * 60_000;

/** Wait before the attempt after `failures` failed ones in a row (1, 2, …): anything up to a doubling limit. */
export function backoffMs(failures: number, random: number): number {
  return Math.round(Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20)) * random);
}

/** Between half a poll and a whole one. */
export const pollMs = (random: number): number => Math.round(POLL_MS * (0.5 + random / 2));

/** The longest silence of a request that carries `bytes`: 20 s and the time they take at 2 KB/s. */
export const timeoutMs = (bytes: number): number => 20_000 + Math.ceil(bytes / 2048) * 1000;

/** Smallest batch worth asking for; a single command may be larger. */
export const SMALLEST_BATCH = 1024;
export const shrink = (bytes: number): number => Math.max(SMALLEST_BATCH, Math.floor(bytes / 2));
export const grow = (bytes: number): number => Math.min(2 * LIMITS.firstBatch, bytes * 2);
