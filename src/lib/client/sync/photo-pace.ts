/**
 * What the line has proved able to carry: how long a slice of a photo may be, and when one that was sent must have left.
 * An estimate only: wrong, it costs a moment of the line and never a byte.
 */
import { PHOTO_LIMITS } from '#lib/protocol/photo.ts';

export interface PhotoPace {
  /** Bytes of the next call at most. */
  readonly slice: number;
  /** One of that length was taken. */
  grow(): void;
  /** Too much for somebody on the way, who swallows it; a line that breaks is no reason. */
  shrink(): void;
  /** So many bytes have come to the office within so long. */
  carried(bytes: number, ms: number): void;
  /** So many bytes follow whatever is still leaving: after how long the line is nearly free; null: not known yet. */
  sending(bytes: number, now: number): number | null;
  /** The line broke, and nothing is leaving any more. */
  broke(): void;
}

/** Between two slices the line stands still for a round trip, and of one that breaks off the office keeps what had come. */
const FIRST_SLICE = 512 * 1024;
const SMALLEST_SLICE = 16 * 1024;
/** Less says more of the round trip than of the line. */
const TELLING = 32 * 1024;
/** Time for the next photo to connect, a round trip of a village's line and a little more. */
const LEAD_MS = 700;

export function createPhotoPace(): PhotoPace {
  let slice = FIRST_SLICE;
  /** Bytes a millisecond, at its best of late: two photos at once are each slower than the line. */
  let rate: number | null = null;
  let busyUntil = 0;
  return {
    get slice() {
      return slice;
    },
    grow() {
      slice = Math.min(slice * 2, PHOTO_LIMITS.chunk);
    },
    shrink() {
      slice = Math.max(SMALLEST_SLICE, Math.floor(slice / 2));
    },
    carried(bytes, ms) {
      if (bytes >= TELLING && ms > 0) rate = Math.max(bytes / ms, (rate ?? 0) * 0.8);
    },
    sending(bytes, now) {
      if (rate === null) return null;
      busyUntil = Math.max(busyUntil, now) + bytes / rate;
      return Math.max(0, busyUntil - LEAD_MS - now);
    },
    broke() {
      busyUntil = 0;
    },
  };
}
