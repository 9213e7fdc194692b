/**
 * How a station stands, as a county's board tells it (看板): whether it offers enough items, how long it has been silent, how
 * much room its devices have. Pure. What is not known is said as such, never counted as good.
 */
import { instantMs, type Instant } from './day.ts';

/** `none`: its county has published nothing for it yet. `low`: fewer than the minimum. `thin`: hardly more. */
export const OFFERS = ['none', 'low', 'thin', 'ok'] as const;
export type Offer = (typeof OFFERS)[number];

/** So many items above the minimum are few: one release that withdraws some would break it. */
export const THIN_MARGIN = 5;

export function offerOf(items: number | null, minimum: number): Offer {
  if (items === null) return 'none';
  if (items < minimum) return 'low';
  return items - minimum < THIN_MARGIN ? 'thin' : 'ok';
}

/** `none`: no device is enrolled there. `never`: one is, and has not been heard of since. Weekends count. */
export const SILENCES = ['none', 'never', 'silent', 'quiet', 'heard'] as const;
export type Silence = (typeof SILENCES)[number];

const HOUR_MS = 3_600_000;
export const QUIET_MS = 24 * HOUR_MS;
export const SILENT_MS = 72 * HOUR_MS;

/** Of the device of a station that was heard of last. */
export function silenceOf(
  { devices, lastContact }: { devices: number; lastContact: Instant | null },
  now: Instant,
): Silence {
  if (devices === 0) return 'none';
  if (lastContact === null) return 'never';
  const ms = instantMs(now) - instantMs(lastContact);
  if (ms > SILENT_MS) return 'silent';
  return ms > QUIET_MS ? 'quiet' : 'heard';
}

/** A queue older than this stands still: a line that comes and goes drains one within the day. */
export const STUCK_MS = 24 * HOUR_MS;

/** Megabytes below which a device is short of room: some two hundred photos, or a week of a busy counter. */
export const LOW_ROOM_MB = 200;

/** What a tile of a township shows first: the worst of it. */
export type TileKind = 'low' | 'silent' | 'late' | 'thin' | 'none' | 'ok';
export function tileKind(of: {
  offer: Offer;
  silence: Silence;
  shortStations: number;
  late: number;
}): TileKind {
  if (of.offer === 'low' || of.shortStations > 0) return 'low';
  if (of.silence === 'silent' || of.silence === 'never') return 'silent';
  if (of.late > 0) return 'late';
  if (of.offer === 'none') return 'none';
  return of.offer;
}
