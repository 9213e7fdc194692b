/**
 * How much of what is on this device, for the diagnosis: numbers by words of closed lists. Whatever a row holds, nothing but
 * a number leaves here, and a word that is on no list counts as `other`.
 */
import { instantMs, type Instant } from '#lib/domain/day.ts';
import { SENT_KINDS } from '#lib/domain/commands.ts';
import { REFUSAL_REASONS } from '#lib/domain/refusal.ts';
import { STATES } from '#lib/domain/state.ts';
import { PHOTO_REFUSALS } from '#lib/protocol/photo.ts';
import type { Table } from 'dexie';
import type { Chain } from './enqueue.ts';
import type { Store } from './open-database.ts';
import { isWaiting, openOutboxRow } from './outbox.ts';
import type { OutboxRow } from './rows.ts';
import { read } from './write.ts';

export type Counts = Record<string, number>;

export interface Census {
  schema: number;
  outbox: {
    total: number;
    byStatus: Counts;
    byKind: Counts;
    refusedBy: Counts;
    quarantinedBy: Counts;
    /** Of those that wait. */
    waitingBytes: number;
    oldestWaitingMinutes: number;
    fromOtherDevices: number;
    unreadable: number;
  };
  applications: { total: number; byState: Counts };
  drafts: { total: number; inBin: number };
  photos: { total: number; bytes: number; parts: number };
  uploads: { byStatus: Counts; bytesWaiting: number; refusedBy: Counts };
  items: number;
  feed: { cursor: number; epoch: number; paging: boolean };
  chain: number;
  staff: number;
}

const STATUSES = ['queued', 'sent', 'acked', 'refused', 'quarantined', 'parked'];
const WHY = ['deviceRevoked', 'staffDisabled', 'brokenChain'];
const LOST = [...PHOTO_REFUSALS, 'lost'];
/** Rows at one go: a month's work must not be in memory at once. */
const PIECE = 200;

const whole = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

function count(counts: Counts, word: unknown, list: readonly string[]): void {
  const key = typeof word === 'string' && list.includes(word) ? word : 'other';
  counts[key] = (counts[key] ?? 0) + 1;
}

async function inPieces<T>(
  store: Store,
  table: Table<T, string>,
  visit: (row: T) => unknown,
): Promise<number> {
  let total = 0;
  for (let after = ''; ;) {
    const keys = await read(store, () => table.where(':id').above(after).limit(PIECE).primaryKeys());
    const rows = await read(store, () => table.bulkGet(keys));
    for (const row of rows) if (row) await visit(row);
    total += keys.length;
    if (keys.length < PIECE) return total;
    after = keys.at(-1)!;
  }
}

async function outboxCensus(store: Store, now: Instant): Promise<Census['outbox']> {
  const found: Census['outbox'] = {
    total: 0,
    byStatus: {},
    byKind: {},
    refusedBy: {},
    quarantinedBy: {},
    waitingBytes: 0,
    oldestWaitingMinutes: 0,
    fromOtherDevices: 0,
    unreadable: 0,
  };
  const own = ((await store.db.meta.get('chain'))?.value as Partial<Chain> | undefined)?.device;
  found.total = await inPieces<OutboxRow>(store, store.db.outbox, async (row) => {
    count(found.byStatus, row.status, STATUSES);
    count(found.byKind, row.kind, SENT_KINDS);
    if (row.outcome?.is === 'refused') count(found.refusedBy, row.outcome.reason, REFUSAL_REASONS);
    if (row.outcome?.is === 'quarantined') count(found.quarantinedBy, row.outcome.why, WHY);
    if (row.device !== own) found.fromOtherDevices += 1;
    if ((await openOutboxRow(row)).damage !== null) found.unreadable += 1;
    if (!isWaiting(row)) return;
    found.waitingBytes += whole(row.bytes);
    const minutes = Math.round((instantMs(now) - Date.parse(row.at)) / 60_000);
    found.oldestWaitingMinutes = Math.max(found.oldestWaitingMinutes, whole(minutes));
  });
  return found;
}

export async function takeCensus(store: Store, now: Instant): Promise<Census> {
  const { db } = store;
  const outbox = await outboxCensus(store, now);
  const applications: Census['applications'] = { total: 0, byState: {} };
  applications.total = await inPieces(store, db.applications, ({ state }) =>
    count(applications.byState, state, STATES),
  );
  const drafts = { total: 0, inBin: 0 };
  drafts.total = await inPieces(
    store,
    db.drafts,
    ({ deletedAt }) => (drafts.inBin += deletedAt === null ? 0 : 1),
  );
  const photos = { total: 0, bytes: 0, parts: 0 };
  photos.total = await inPieces(store, db.photos, ({ size }) => (photos.bytes += whole(size)));
  photos.parts = await read(store, () => db.photoChunks.count());
  const uploads: Census['uploads'] = { byStatus: {}, bytesWaiting: 0, refusedBy: {} };
  for (const { status, size, why } of await read(store, () => db.uploads.toArray())) {
    count(uploads.byStatus, status, STATUSES);
    if (status === 'queued') uploads.bytesWaiting += whole(size);
    if (status === 'refused') count(uploads.refusedBy, why, LOST);
  }
  return read(store, async () => {
    const feed = await db.cursor.get('feed');
    const chain = (await db.meta.get('chain'))?.value as Partial<Chain> | undefined;
    return {
      schema: whole((await db.meta.get('schema'))?.value),
      outbox,
      applications,
      drafts,
      photos,
      uploads,
      items: await db.items.count(),
      feed: { cursor: whole(feed?.cursor), epoch: whole(feed?.epoch), paging: Boolean(feed?.paging) },
      chain: whole(chain?.n),
      staff: await db.meta.where('key').startsWith('staff:').count(),
    };
  });
}
