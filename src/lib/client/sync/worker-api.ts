/** What a page may ask of its worker. Types only, so that a page does not load the worker's code. */
import type { SyncStatus } from './status.ts';
import type { LogLine } from './worker-log.ts';

export interface WorkerApi {
  /** Starts leadership and the loop; once is enough. */
  start(options: { visible: boolean; id: string }): Promise<void>;
  setVisible(visible: boolean): Promise<void>;
  /** Something may have changed: look at once. Reaches the leader, whichever tab it is in. */
  wake(): Promise<void>;
  /** 立即同步: like wake; the status tells what comes of it. */
  syncNow(): Promise<void>;
  /** The last status; null before anything is known. `leader` is this worker's own. */
  status(): Promise<SyncStatus | null>;
  /** What it went through, for the diagnosis. */
  log(): Promise<readonly LogLine[]>;
}

/** What the leader's worker says to every page; `from` is the id that its page gave it. */
export interface StatusMessage {
  from: string;
  status: SyncStatus;
}

/** Channel of statuses: the leader's worker sends, every page listens. */
export const STATUS_CHANNEL = 'jinban-status';
/** Channel of the leader's heartbeat and of wakes. */
export const LEADER_CHANNEL = 'jinban-leader';
