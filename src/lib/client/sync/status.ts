/** What the status line and the sync centre are told. Plain data: it travels over BroadcastChannel and Comlink. */
import type { Instant } from '#lib/domain/day.ts';

/** `starting`: nothing was counted yet, so nobody may say that nothing waits. */
export const PHASES = [
  'starting',
  'offline',
  'idle',
  'sending',
  'pulling',
  'trouble',
  'oldProgram',
  'notEnrolled',
] as const;
export type Phase = (typeof PHASES)[number];

/** The office answered last time it was asked. */
export const isOnline = (phase: Phase): boolean =>
  phase !== 'starting' && phase !== 'offline' && phase !== 'notEnrolled';

/**
 * Something that people must hear of. `rejected`: the office called our request wrong; `tooLarge`: one command is larger
 * than the way allows; `deviceRefused`: the office does not know this device; `storage`: this device cannot write;
 * `stalled`: commands wait although the office answers; `feed`: answers do not fit together; `revoked`: the office takes
 * this device's work and gives nothing back; `release`: an offered release is not fit for use; `fault`: a bug of ours.
 */
export const ALARM_CODES = [
  'rejected',
  'tooLarge',
  'deviceRefused',
  'storage',
  'stalled',
  'feed',
  'revoked',
  'release',
  'fault',
] as const;
export type AlarmCode = (typeof ALARM_CODES)[number];
export interface Alarm {
  code: AlarmCode;
  /** For the diagnosis, never for people: a status, an error code, a message. */
  detail: string;
  since: Instant;
}

export interface ReleaseStatus {
  /** `county/level/number` that is in use; null before the first. */
  have: string | null;
  /** Newest that the office offers; '' when it has published none. */
  newest: string;
  /** 0…1 while one is being fetched, else null. */
  progress: number | null;
}

/** Photos that still have to reach the office. */
export interface PhotoStatus {
  waiting: number;
  /** Of those, as far as is known here. */
  bytesLeft: number;
  /** The office cannot take them: a person takes them anew. */
  refused: number;
  /** Bytes of the one that is on its way. */
  sending: { sent: number; size: number } | null;
}

export interface SyncStatus {
  phase: Phase;
  photos: PhotoStatus;
  /** Commands that have not been answered, and their bytes. */
  waiting: number;
  /** They belong to so many applications. */
  applications: number;
  bytesLeft: number;
  /** Bytes sent since the program started. */
  sentBytes: number;
  lastSuccess: Instant | null;
  /** Refused (and not dealt with), quarantined or parked. */
  troubles: number;
  alarm: Alarm | null;
  release: ReleaseStatus | null;
  /** This tab's worker does the work; else it repeats what the leader says. */
  leader: boolean;
  storage: { usage: number; quota: number; persisted: boolean } | null;
  /** Device clock minus office clock; null before the first answer. */
  clockSkewMs: number | null;
}

export const FIRST_STATUS: SyncStatus = {
  phase: 'starting',
  photos: { waiting: 0, bytesLeft: 0, refused: 0, sending: null },
  waiting: 0,
  applications: 0,
  bytesLeft: 0,
  sentBytes: 0,
  lastSuccess: null,
  troubles: 0,
  alarm: null,
  release: null,
  leader: false,
  storage: null,
  clockSkewMs: null,
};
