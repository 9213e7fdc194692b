/** What the carrier of photos needs of the world, so that it runs in simulations as in the worker. */
import type { Photo } from '#lib/domain/materials.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { WriteFailure } from '../store/write.ts';

/** One file for one site: its key at the office. */
export interface Upload extends Photo {
  site: string;
  /** Nothing of it was ever sent from here, so that it may begin with its bytes. */
  fresh?: boolean;
}

export interface PhotoQueue {
  /** The one that has waited longest, beside those that are in hand; null when none has to go. */
  next(inHand: readonly Upload[]): Promise<Upload | null>;
  /** From now on it is `fresh` no more. */
  begins(upload: Upload): Promise<'done' | 'deposed' | WriteFailure>;
  /** Its bytes, checked against the hash; null when this device has it no more. */
  read(sha256: string): Promise<Bytes | null>;
  /** `why`: null when the office holds it whole, else why it cannot be taken. */
  settle(upload: Upload, why: string | null, now: string): Promise<'done' | 'deposed' | WriteFailure>;
  sums(): Promise<{ waiting: number; bytesLeft: number; refused: number }>;
}

/** What came of a call. `at`: the office holds that many bytes. `held`: whole and verified. */
export type Standing =
  | { is: 'at'; offset: number }
  | { is: 'held' }
  | { is: 'unknown' }
  | { is: 'refused'; why: string }
  | { is: 'noSession' }
  | { is: 'offline' }
  | { is: 'timeout' }
  /** Later, not before `afterMs` if given. */
  | { is: 'busy'; afterMs: number | null }
  /** A mistake of ours: kept, told, tried again much later. */
  | { is: 'rejected'; status: number };

export interface SendOptions {
  timeoutMs: number;
  signal: AbortSignal;
  /** Bytes of this call that have left. */
  onProgress?: (bytes: number) => void;
}

/** tus by key (protocol/photo.ts). Nothing here rejects. */
export interface PhotoTransport {
  ask(upload: Upload, signal: AbortSignal): Promise<Standing>;
  begin(upload: Upload, signal: AbortSignal): Promise<Standing>;
  /** Begins with the first bytes, which the office takes where it has none. */
  beginWith(upload: Upload, bytes: Bytes, options: SendOptions): Promise<Standing>;
  send(upload: Upload, offset: number, bytes: Bytes, options: SendOptions): Promise<Standing>;
  openSession(signal: AbortSignal): Promise<boolean>;
}
