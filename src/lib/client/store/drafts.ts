/**
 * Drafts (草稿): a form that is being filled in, saved by the page every second or so. Contents are sealed; removing one
 * puts it into a bin for 30 days. A draft leaves for good when `enqueue` turns it into a command, in one transaction.
 */
import { instantMs, type Instant } from '#lib/domain/day.ts';
import { open, seal, type BoxTrouble, type Place } from '../vault/seal.ts';
import type { Store } from './open-database.ts';
import type { DraftRow } from './rows.ts';
import type { Watch } from './watch.ts';
import { read, write, type Written } from './write.ts';

export interface DraftHead {
  /** UUIDv7; becomes the application's id. */
  id: string;
  itemCode: string;
  itemHash: string;
  owner: string;
  updatedAt: Instant;
  deletedAt: Instant | null;
  /** Shape number of the content. */
  shape: number;
  /** Hashes of its photos, which are kept as long as it. */
  photos?: string[];
}
/** `content` is null when the box cannot be read: `trouble` says why. */
export interface Draft<T> extends DraftHead {
  content: T | null;
  trouble: BoxTrouble | null;
}

/** How long the bin keeps a draft. */
export const BIN_DAYS = 30;
const DAY_MS = 86_400_000;
const placeOf = (row: Pick<DraftRow, 'id' | 'shape'>): Place => ({
  table: 'drafts',
  id: row.id,
  version: row.shape,
});

/**
 * Writes the draft, whole, and takes it out of the bin. `submitted`: it has become a command meanwhile, so a late
 * autosave does not bring it back.
 */
export async function saveDraft(
  store: Store,
  draft: Omit<DraftHead, 'deletedAt'>,
  content: unknown,
): Promise<Written<'saved' | 'submitted'>> {
  const row: DraftRow = { ...draft, deletedAt: null, box: await seal(content, placeOf(draft)) };
  return write(store, ['drafts', 'outbox'], async () => {
    const commands = await store.db.outbox.where({ applicationId: draft.id }).toArray();
    if (commands.some((command) => command.status !== 'refused')) return 'submitted';
    await store.db.drafts.put(row);
    return 'saved';
  });
}

/** One draft; null when there is none, also when it is in the bin. */
export async function loadDraft<T>(store: Store, id: string): Promise<Draft<T> | null> {
  const row = await read(store, () => store.db.drafts.get(id));
  return row && row.deletedAt === null ? openDraft<T>(row) : null;
}

/** Drafts, latest first; `binned`: those in the bin instead. */
export async function listDrafts<T>(store: Store, binned = false): Promise<Draft<T>[]> {
  const watched = draftsWatch<T>(store, binned);
  return watched.then(await read(store, watched.read));
}

/** For `watch`. */
export function draftsWatch<T>(store: Store, binned = false): Watch<DraftRow[], Draft<T>[]> {
  return {
    read: () => store.db.drafts.orderBy('updatedAt').reverse().toArray(),
    then: (rows) =>
      Promise.all(rows.filter((row) => (row.deletedAt !== null) === binned).map((row) => openDraft<T>(row))),
  };
}

/** Into the bin. */
export const removeDraft = (store: Store, id: string, now: Instant): Promise<Written> =>
  write(store, ['drafts'], async () => void (await store.db.drafts.update(id, { deletedAt: now })));

/** Out of the bin. */
export const restoreDraft = (store: Store, id: string): Promise<Written> =>
  write(store, ['drafts'], async () => void (await store.db.drafts.update(id, { deletedAt: null })));

/** 彻底删除: only what is in the bin; another tab may have taken it out meanwhile. */
export const deleteDraft = (store: Store, id: string): Promise<Written> =>
  write(store, ['drafts'], async () => {
    const row = await store.db.drafts.get(id);
    if (row !== undefined && row.deletedAt !== null) await store.db.drafts.delete(id);
  });

/** Empties the bin of what has lain there for 30 days. Gives how many went. */
export const purgeDrafts = (store: Store, now: Instant): Promise<Written<number>> =>
  write(store, ['drafts'], async () => {
    const rows = await store.db.drafts.toArray();
    const old = rows.filter((row) => row.deletedAt !== null && isOlder(row.deletedAt, now));
    await store.db.drafts.bulkDelete(old.map((row) => row.id));
    return old.length;
  });

const isOlder = (deletedAt: Instant, now: Instant): boolean =>
  instantMs(now) - instantMs(deletedAt) > BIN_DAYS * DAY_MS;

/** Whole days until the bin lets go of it; 0: today. */
export const binDaysLeft = (deletedAt: Instant, now: Instant): number =>
  Math.max(0, Math.ceil(BIN_DAYS - (instantMs(now) - instantMs(deletedAt)) / DAY_MS));

async function openDraft<T>({ box, ...head }: DraftRow): Promise<Draft<T>> {
  const opened = await open<T>(box, placeOf(head));
  return opened.ok
    ? { ...head, content: opened.value, trouble: null }
    : { ...head, content: null, trouble: opened.why };
}
