/**
 * Confirmed applications, opened once: a list of thousands opens only what changed since it was last read. An index says
 * which rows there are without touching a box, and boxes are opened in slices, latest change first, so that a page stands
 * still for no longer than one slice.
 * Invariant: what is kept here is what the row holds. Within an epoch an id and a revision name the contents.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { Application } from '#lib/domain/state.ts';
import { open, type BoxTrouble, type Place } from '../vault/seal.ts';
import { HEADS } from './database.ts';
import type { Store } from './open-database.ts';
import type { ApplicationRow } from './rows.ts';
import { read } from './write.ts';

/** A row as its index tells it. */
export interface Head {
  id: string;
  updatedAt: Instant;
  epoch: number;
  rev: number;
}

export interface OpenedApplication {
  rev: number;
  itemHash: string;
  /** null when its box cannot be read: `damage` says why. */
  state: Application | null;
  damage: BoxTrouble | null;
}

/** Boxes opened at one go: some 10 ms on an old PC. */
const SLICE = 50;

export const applicationPlace = (id: string, rev: number): Place => ({
  table: 'applications',
  id,
  version: rev,
});

export async function openApplication({
  id,
  rev,
  itemHash,
  box,
}: ApplicationRow): Promise<OpenedApplication> {
  const opened = await open<Application>(box, applicationPlace(id, rev));
  return opened.ok
    ? { rev, itemHash, state: opened.value, damage: null }
    : { rev, itemHash, state: null, damage: opened.why };
}

/** Every row's head, latest change first. */
export async function readHeads({ db }: Store): Promise<Head[]> {
  const keys = await db.applications.orderBy(HEADS).reverse().keys();
  return (keys as unknown as [Instant, string, number, number][]).map(([updatedAt, id, epoch, rev]) => ({
    id,
    updatedAt,
    epoch,
    rev,
  }));
}

type Kept = Map<string, { epoch: number; opened: OpenedApplication }>;
const keptOf = new WeakMap<Store, Kept>();

/** Forgets what none of these heads is of. */
export function keepOpened(store: Store, heads: readonly Head[]): void {
  const before = keptOf.get(store);
  if (!before) return;
  const here = new Set(heads.map(({ id }) => id));
  for (const id of before.keys()) if (!here.has(id)) before.delete(id);
}

/**
 * Opens the rows of these heads, in their order. `onSlice` is told after each slice what is open by now; rows that went
 * meanwhile are left out.
 */
export async function openHeads(
  store: Store,
  heads: readonly Head[],
  onSlice?: (opened: ReadonlyMap<string, OpenedApplication>) => Promise<void>,
): Promise<ReadonlyMap<string, OpenedApplication>> {
  const kept: Kept = keptOf.get(store) ?? new Map();
  keptOf.set(store, kept);
  const result = new Map<string, OpenedApplication>();
  const missing: Head[] = [];
  for (const head of heads) {
    const known = kept.get(head.id);
    if (known?.epoch === head.epoch && known.opened.rev === head.rev) result.set(head.id, known.opened);
    else missing.push(head);
  }
  for (let from = 0; from < missing.length; from += SLICE) {
    const slice = missing.slice(from, from + SLICE);
    const rows = await read(store, () => readRows(store, slice));
    const opened = await Promise.all(rows.map(openApplication));
    opened.forEach((one, at) => {
      const row = rows[at]!;
      kept.set(row.id, { epoch: row.epoch, opened: one });
      result.set(row.id, one);
    });
    await onSlice?.(result);
  }
  return result;
}

/**
 * The rows of these heads, in their order, without those that went. Neighbours of the index are asked for with one question:
 * what five thousand questions leave behind in the browser stops an old PC for as long as the reading does.
 */
async function readRows({ db }: Store, heads: readonly Head[]): Promise<ApplicationRow[]> {
  const found = new Map<string, ApplicationRow>();
  const low = heads.at(-1)!;
  const high = heads[0]!;
  if (heads.every(({ updatedAt }, at) => at === 0 || updatedAt <= heads[at - 1]!.updatedAt)) {
    const between = db.applications.where(HEADS).between(keyOf(low), keyOf(high), true, true);
    for (const row of await between.limit(heads.length).toArray()) found.set(row.id, row);
  }
  // what changed meanwhile stands elsewhere in the index
  const rest = heads.flatMap(({ id }) => (found.has(id) ? [] : [id]));
  if (rest.length > 0) {
    for (const row of await db.applications.bulkGet(rest)) if (row) found.set(row.id, row);
  }
  return heads.flatMap(({ id }) => found.get(id) ?? []);
}

const keyOf = ({ updatedAt, id, epoch, rev }: Head): (string | number)[] => [updatedAt, id, epoch, rev];
