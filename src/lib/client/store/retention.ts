/** How long a device keeps what it no longer needs (protocol.md, Restored office; security.md, Retention). */
import { addDays, chineseDay, instantMs, type Day, type Instant } from '#lib/domain/day.ts';
import type { OutboxColumns, UploadRow } from './rows.ts';

/** Commands stay this long after the office took them, so that a restored office gets them again. */
const COMMAND_DAYS = 14;
const APPLICATION_DAYS = 7;

/** Always until it is pulled (or, when refused, dealt with), and 14 days from the answer. */
export function isKeptCommand(row: OutboxColumns, now: Instant): boolean {
  const over = row.pulled === 1 || (row.status === 'refused' && row.aside === 1);
  if (!over || row.settledAt === null) return true;
  return instantMs(now) - instantMs(row.settledAt) < COMMAND_DAYS * 86_400_000;
}

/** Open ones, and those closed up to 7 days ago. */
export const isKeptApplication = (closedOn: Day | null, now: Instant): boolean =>
  closedOn === null || closedOn >= addDays(chineseDay(now), -APPLICATION_DAYS);

/** A photo whose uploads are done; never one that a draft holds or that still has to go. */
export function isKeptPhoto(
  uploads: readonly Pick<UploadRow, 'status' | 'settledAt'>[],
  keptAt: Instant,
  now: Instant,
): boolean {
  if (uploads.some((upload) => upload.status === 'queued')) return true;
  const last = uploads.reduce(
    (day, { settledAt }) => (settledAt !== null && settledAt > day ? settledAt : day),
    keptAt,
  );
  return instantMs(now) - instantMs(last) < COMMAND_DAYS * 86_400_000;
}

/** The first n from which on no command of this device is missing here; `last` is the newest of its chain. */
export function keepsFrom(kept: readonly number[], last: number): number {
  const here = new Set(kept);
  let from = last + 1;
  while (here.has(from - 1)) from -= 1;
  return from;
}
