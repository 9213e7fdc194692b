/**
 * What the sync core reads and writes in IndexedDB, beneath its Storage port. Boxes are sealed before a transaction opens
 * and opened after it closed. Invariants: I4 `commitRows` writes data and cursor in one transaction; I11 every write of a
 * leader compares its token in that transaction.
 */
import type { WireCommand } from '#lib/protocol/command.ts';
import type { SiteChoice, Station } from '#lib/protocol/station.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import { open } from '../vault/seal.ts';
import type { Chain } from './enqueue.ts';
import { commandPlace } from './ledger.ts';
import type { Store } from './open-database.ts';
import { inOrder, readHeads, readWaiting, TROUBLED, WAITING } from './outbox-heads.ts';
import { dropOldPhotos, PHOTO_TABLES, queueAnew } from './photos.ts';
import { isKeptApplication, isKeptCommand, keepsFrom } from './retention.ts';
import type { ApplicationRow, OutboxColumns, OutboxRow, Position } from './rows.ts';
import { FIRST_POSITION } from './rows.ts';
import { dropCarriedFrom, moveDevice, type Contact } from './device.ts';
import { isLeader, ledWrite, read, write, type WriteFailure } from './write.ts';

export const columnsOf = ({ box: _, told: __, ...columns }: OutboxRow): OutboxColumns => columns;

export async function readPosition(store: Store): Promise<Position> {
  return positionOf(await read(store, () => store.db.cursor.get('feed')));
}

function positionOf(row: (Position & { key?: string }) | undefined): Position {
  if (!row) return FIRST_POSITION;
  const { key: _, ...position } = row;
  return position;
}

/** As many as one request may carry and one more: thousands that wait are not read for each. */
export async function readSendable(store: Store, asking: boolean): Promise<OutboxColumns[]> {
  const statuses = asking ? [...WAITING, 'parked' as const, 'quarantined' as const] : WAITING;
  return read(store, () =>
    store.db.transaction('r', [store.db.outbox, store.db.meta], async () => {
      const heads = (await readWaiting(store, statuses)).slice(0, LIMITS.commands + 1);
      const rows = await store.db.outbox.bulkGet(heads.map((head) => head.id));
      // an id that was taken back and pressed again may have another number than it was known by
      const own = (await store.db.meta.get('device'))?.value as { device: string } | undefined;
      return rows.flatMap((row) => (row ? columnsOf(row) : [])).sort(inOrder(own?.device ?? null));
    }),
  );
}

/** In the order of the ids; those whose box cannot be read are left out (the outbox page shows them). */
export async function readCommands(store: Store, ids: readonly string[]): Promise<WireCommand[]> {
  const rows = await read(store, () => store.db.outbox.bulkGet([...ids]));
  const opened = await Promise.all(
    rows.map((row) => row && open<WireCommand>(row.box, commandPlace(row.id, row.n))),
  );
  return opened.flatMap((result) => (result?.ok ? result.value : []));
}

export async function readKeeps(store: Store, device: string): Promise<number> {
  const { db } = store;
  // one transaction: a command that is taken back in between would look like one that is lost
  return read(store, () =>
    db.transaction('r', [db.meta, db.outbox], async () => {
      const chain = (await db.meta.get('chain'))?.value as Chain | undefined;
      const last = chain?.device === device ? chain.n : 0;
      const kept = () => db.outbox.where('[device+n]').between([device, 0], [device, Infinity]);
      // nearly always nothing is missing in between: that is counted, not walked
      const lowest = (await kept().first())?.n;
      if (lowest === undefined) return last + 1;
      if ((await kept().count()) === last - lowest + 1) return lowest;
      const keys = (await kept().keys()) as unknown as [string, number][];
      return keepsFrom(
        keys.map(([, n]) => n),
        last,
      );
    }),
  );
}

/** Rows that an answer can touch: asked for; and of those answered before, not yet pulled or beyond what the office holds. */
export async function readTouched(
  store: Store,
  ids: { applications: readonly string[]; commands: readonly string[]; chain: number },
  device: string,
): Promise<{ position: Position; applications: ApplicationRow[]; outbox: OutboxRow[] }> {
  const { db } = store;
  return read(store, () =>
    db.transaction('r', [db.cursor, db.applications, db.outbox], async () => {
      const position = positionOf(await db.cursor.get('feed'));
      const applications = await db.applications.bulkGet([...ids.applications]);
      const asked = await db.outbox.bulkGet([...ids.commands]);
      const answered = [...TROUBLED, 'acked' as const];
      const unpulled = await readHeads(store, answered);
      const waiting = new Set((await readHeads(store, WAITING)).map((head) => head.id));
      const after = await db.outbox
        .where('[device+n]')
        .between([device, ids.chain], [device, Infinity], false, true)
        .primaryKeys();
      // what waits is beyond the chain as a matter of course
      const beyond = await db.outbox.bulkGet(after.filter((id) => !waiting.has(id)));
      const standing = await db.outbox.bulkGet(unpulled.map((head) => head.id));
      const rows = [...asked, ...standing, ...beyond].flatMap((row) => (row ? [[row.id, row] as const] : []));
      return {
        position,
        applications: applications.flatMap((row) => row ?? []),
        outbox: [...new Map(rows).values()].sort(inOrder(device)),
      };
    }),
  );
}

export interface RowChange {
  position: Position;
  applications: ApplicationRow[];
  dropBefore: number | null;
  outbox: Pick<OutboxRow, 'id' | 'n' | 'status' | 'outcome' | 'told' | 'pulled' | 'settledAt'>[];
  contact: Contact;
  choice?: SiteChoice | undefined;
  station?: Station | undefined;
}

export type Committed = 'done' | 'moved' | 'deposed' | WriteFailure;

export async function commitRows(
  store: Store,
  change: RowChange,
  guard: { expected: Position; token: string },
): Promise<Committed> {
  const { db } = store;
  const written = await write(store, ['cursor', 'applications', 'outbox', 'uploads'], async () => {
    if (!(await isLeader(store, guard.token))) return 'deposed' as const;
    const position = positionOf(await db.cursor.get('feed'));
    if (JSON.stringify(position) !== JSON.stringify(guard.expected)) return 'moved' as const;
    await db.cursor.put({ ...change.position, key: 'feed' });
    // another office, or one from a backup: it may not hold what the former had. Also the first one that is heard of: a
    // device that was revoked has handed over photos to an office that told it nothing
    if (guard.expected.lineage !== change.position.lineage) await queueAnew(store);
    if (change.applications.length > 0) await db.applications.bulkPut(change.applications);
    if (change.dropBefore !== null) await db.applications.where('epoch').below(change.dropBefore).delete();
    for (const { id, ...columns } of change.outbox) await db.outbox.update(id, columns);
    await db.meta.put({ key: 'contact', value: change.contact });
    if (change.choice) await db.meta.put({ key: 'choice', value: change.choice });
    if (change.station) await moveDevice(store, change.station);
    return 'done' as const;
  });
  return written.ok ? written.value : written.why;
}

/** `moved`: one of them was taken back meanwhile; nothing is marked, and nothing of this batch may go. */
export async function markSentRows(
  store: Store,
  ids: readonly string[],
  token: string,
): Promise<'done' | 'moved' | 'deposed' | WriteFailure> {
  const written = await write(store, ['outbox'], async () => {
    if (!(await isLeader(store, token))) return 'deposed' as const;
    const rows = store.db.outbox.where('id').anyOf([...ids]);
    if ((await rows.count()) < ids.length) return 'moved' as const;
    await rows.filter((row) => row.status === 'queued').modify({ status: 'sent', held: null });
    return 'done' as const;
  });
  return written.ok ? written.value : written.why;
}

export async function leadStore(store: Store, token: string): Promise<'done' | WriteFailure> {
  const written = await write(store, [], async () => {
    await store.db.meta.put({ key: 'leader', value: token });
  });
  return written.ok ? 'done' : written.why;
}

export function tidyRows(
  store: Store,
  now: string,
  token: string,
): Promise<'done' | 'deposed' | WriteFailure> {
  const { db } = store;
  return ledWrite(store, ['outbox', 'applications', ...PHOTO_TABLES], token, async () => {
    const rows = await db.outbox.toArray();
    await db.outbox.bulkDelete(rows.filter((row) => !isKeptCommand(row, now)).map((row) => row.id));
    const pending = new Set(rows.flatMap((row) => (row.pulled === 0 ? [row.applicationId] : [])));
    const closed = await db.applications.where('closedOn').above('').toArray();
    const old = closed.filter((row) => !isKeptApplication(row.closedOn, now) && !pending.has(row.id));
    await db.applications.bulkDelete(old.map((row) => row.id));
    await dropOldPhotos(store, now);
    await dropCarriedFrom(store);
  });
}
