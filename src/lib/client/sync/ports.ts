/**
 * What the sync core needs of the world: Storage, Transport, Clock, Random. The loop and everything below it reach
 * nothing else, so a simulation runs the production modules over memory, a faulty network and a virtual clock.
 */
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { SyncRequest, SyncResponse } from '#lib/protocol/sync.ts';
import type { SiteChoice, Station } from '#lib/protocol/station.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Contact } from '../store/device.ts';
import type {
  Confirmed,
  OutboxColumns,
  OutboxStatus,
  OutcomeColumns,
  Position,
  Told,
} from '../store/rows.ts';
import type { WriteFailure } from '../store/write.ts';

/** Milliseconds since 1970 by the device's own clock, which may be wrong; sleeping never depends on it. */
export interface Clock {
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Random {
  /** 0 ≤ x < 1 */
  next(): number;
}

/** What a pull or an answer changes in one command. */
export interface OutboxChange {
  id: string;
  n: number;
  status: OutboxStatus;
  outcome: OutcomeColumns | null;
  told: Told | null;
  pulled: 0 | 1;
  /** In ISO, by the later of both clocks; null while waiting. */
  settledAt: string | null;
}

/** Everything one answer changes: written in one transaction, or not at all (I4). */
export interface Change {
  position: Position;
  /** Applications to write, by id. */
  put: Confirmed[];
  /** A reset is complete: applications of earlier epochs go. */
  dropBefore: number | null;
  outbox: OutboxChange[];
  contact: Contact;
  /** Its site's choice is another one now. */
  choice?: SiteChoice;
  /** Its site is another one now, or lies elsewhere. */
  station?: Station;
}

/** What `merge` looks at: the rows that an answer can touch. */
export interface Local {
  device: string;
  position: Position;
  applications: ReadonlyMap<string, Confirmed>;
  /** Applications among those asked for whose row cannot be read: only a reset brings them back. */
  damaged: ReadonlySet<string>;
  /** Columns of the commands asked for; of those that the office has answered, all not yet pulled and all after `chain`. */
  outbox: readonly OutboxColumns[];
}

/** Numbers for the status line. `keeps`: first n from which on nothing is missing here. */
export interface Summary {
  waiting: number;
  /** Of so many applications. */
  applications: number;
  bytes: number;
  troubles: number;
  contact: Contact | null;
  /** `county/level/number` of the active release. */
  release: string | null;
  /** Mark of its site's choice; '' for none. */
  choice: string;
}

export interface Storage {
  /** Id of the enrolled device; null before enrolment. */
  device(): Promise<string | null>;
  position(): Promise<Position>;
  summary(): Promise<Summary>;
  /**
   * Commands that the office has not answered, by device and n; with `asking`, also those that wait for people there.
   * The first of them: never fewer than one request carries and one more, if there are.
   */
  sendable(asking: boolean): Promise<OutboxColumns[]>;
  /** The commands themselves, in the order of the ids; those that cannot be read are left out. */
  commands(ids: readonly string[]): Promise<WireCommand[]>;
  keeps(): Promise<number>;
  /**
   * Notes that these are on their way; from now on none can be taken back. Changes nothing that has been answered.
   * `moved`: one was taken back meanwhile, nothing is noted.
   */
  markSent(ids: readonly string[], token: string): Promise<'done' | 'moved' | 'deposed' | WriteFailure>;
  local(ids: { applications: readonly string[]; commands: readonly string[]; chain: number }): Promise<Local>;
  /** `moved`: the position is not `expected` any more. `deposed`: another leader has taken over. Both wrote nothing. */
  commit(
    change: Change,
    guard: { expected: Position; token: string },
  ): Promise<'done' | 'moved' | 'deposed' | WriteFailure>;
  /** Makes `token` the leader's: writes with an older one are refused from now on (I11). */
  lead(token: string): Promise<'done' | WriteFailure>;
  /** Drops commands taken and pulled 14 days ago, and applications closed 7 days ago. `now` in ISO. */
  tidy(now: string, token: string): Promise<'done' | 'deposed' | WriteFailure>;
}

/** What came of a request. `patch`: to the newest release, in bytes. `offline` also stands for a captive portal's page and a truncated answer. */
export type Reply =
  | { is: 'answer'; response: SyncResponse; sentBytes: number; patch?: Bytes }
  | { is: 'offline' }
  | { is: 'timeout' }
  | { is: 'noSession' }
  | { is: 'tooLarge' }
  /** 429 or 503, or another 5xx: later, not before `afterMs` if given. */
  | { is: 'busy'; afterMs: number | null }
  | { is: 'oldProgram' }
  /** Another 4xx: a mistake of ours. Everything is kept; people are told. */
  | { is: 'rejected'; status: number; error: ErrorCode };

export type SessionReply =
  | { is: 'open'; access: 'full' | 'pushOnly' }
  | { is: 'notEnrolled' }
  /** The office does not know this device. */
  | { is: 'refused'; error: ErrorCode }
  | Exclude<Reply, { is: 'answer' | 'noSession' | 'rejected' | 'tooLarge' }>;

export interface Transport {
  /** One round trip. `timeoutMs` is the longest silence; progress starts it anew. Never rejects. */
  sync(request: SyncRequest, options: { timeoutMs: number; signal: AbortSignal }): Promise<Reply>;
  /** Answers a challenge with the device's key. Never rejects. */
  openSession(signal: AbortSignal): Promise<SessionReply>;
}
