/**
 * What a device tells of itself in a sync request (自报): what stays on it after the request, and how much room it has.
 * Ages, not times: a device's clock may be wrong, and the difference of two of its times is right all the same. Told with
 * requests that go anyway when it has changed, and once a day in any case; numbers only, nobody's data.
 */
import * as v from 'valibot';
import { count } from './primitives.ts';

export const deviceReport = v.strictObject({
  /** Commands that stay on the device: not carried by this request. */
  waiting: count,
  /** Minutes since the oldest of them was made; only where some wait. */
  age: v.exactOptional(count),
  /** Photos that the office does not hold yet. */
  photos: count,
  /** Megabytes that the browser lets the device use yet, to two figures; absent where it does not say. */
  room: v.exactOptional(count),
});
export type DeviceReport = v.InferOutput<typeof deviceReport>;

/** A report is told again after so long even where nothing has changed. */
export const REPORT_EVERY_MS = 24 * 3_600_000;

/** To two figures, downward: 4 517 → 4 500. So it changes when it matters, not with every photo. */
export function roughly(megabytes: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, megabytes))) - 1);
  return Math.floor(Math.max(0, megabytes) / step) * step;
}

/** Whether it says something that matters anew: ages grow by themselves. */
export const saysMore = (now: DeviceReport, before: DeviceReport): boolean =>
  now.waiting !== before.waiting || now.photos !== before.photos || now.room !== before.room;
