/**
 * What a device's call tells about its past. A device that calls without a command has sent all it had made. So what
 * comes later was made after that call, and with the release that the device named then: these two facts judge the day
 * of receipt and the age of an item, and a queue that drains over several calls is not judged by its own first half.
 */
import { chineseDay, instantMs, type Day, type Instant } from '#lib/domain/day.ts';
import type { Trx } from '../db/dialect.ts';
import { prepared } from '../db/prepared.ts';

/** A call is noted once a minute: a poll must not cost a write. */
const NOTED_MS = 60_000;

export interface Contacts {
  id: string;
  last_contact: string | null;
  drained_at: string | null;
  release: string | null;
  scope: string | null;
}

export const drainedOn = (device: Contacts): Day | null =>
  device.drained_at === null ? null : chineseDay(device.drained_at);

/** What the devices of a site are sent: its managing path, and the ids of sites that were merged into it. */
export const reachOf = ({ reach, path }: { reach: string | null; path: string }): string => reach ?? path;

/** Ids of the sites whose rows a village's devices are sent. */
export const sitesIn = (site: { id: string; reach: string | null; path: string }): string[] => [
  site.id,
  ...reachOf(site).split('+').slice(1),
];

/** Another reach of the same site: its devices are sent everything anew, and where they stand. */
export function nextReach(path: string, before: string | null, merged: readonly string[]): string {
  const turn = Number(/~(\d+)/.exec(before ?? '')?.[1] ?? 0) + 1;
  return `${path}~${turn}${merged.map((id) => `+${id}`).join('')}`;
}

export interface Call {
  now: Instant;
  /** It brought no command. */
  drained: boolean;
  /** Release it works with. */
  release: string | null;
  /** Of its site. */
  reach: string;
}

/** What the device's row should say after the call; null where a write is not worth it. */
export function changesOf(
  device: Contacts,
  { now, drained, release, reach }: Call,
): Partial<Contacts> | null {
  const stale = (at: string | null): boolean => at === null || instantMs(now) - instantMs(at) >= NOTED_MS;
  const told = drained && (release !== device.release || stale(device.drained_at));
  if (!told && !stale(device.last_contact) && device.scope === reach) return null;
  return { last_contact: now, scope: reach, ...(drained ? { drained_at: now, release } : {}) };
}

const noteDrained = prepared((trx, id: string, now: string, scope: string, release: string | null) =>
  trx.updateTable('device').set({ last_contact: now, drained_at: now, scope, release }).where('id', '=', id),
);
const noteBusy = prepared((trx, id: string, now: string, scope: string) =>
  trx.updateTable('device').set({ last_contact: now, scope }).where('id', '=', id),
);

export async function noteCall(trx: Trx, device: Contacts, call: Call): Promise<void> {
  if (changesOf(device, call) === null) return;
  const { now, drained, release, reach } = call;
  if (drained) await noteDrained(trx, device.id, now, reach, release);
  else await noteBusy(trx, device.id, now, reach);
}
