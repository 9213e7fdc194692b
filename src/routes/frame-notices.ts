/** When the program itself has something to say above any page; FrameNotices.svelte, which says it, is fetched then. */
import type { SyncStatus } from '#lib/client/state/sync-status.svelte.ts';

/** More than this and people would misread times (CHT warns at the same). */
const SKEW_MS = 10 * 60_000;

export const isSkewed = ({ clockSkewMs }: SyncStatus): boolean => Math.abs(clockSkewMs ?? 0) > SKEW_MS;

export const isFull = ({ storage }: SyncStatus): boolean =>
  storage !== null && storage.usage > storage.quota * 0.9;

export const isTelling = (status: SyncStatus): boolean =>
  status.alarm !== null || status.phase === 'oldProgram' || isSkewed(status) || isFull(status);
