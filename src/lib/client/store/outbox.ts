/**
 * The outbox as pages show it: what waits, what the office answered, what needs a person (需处理). Refused commands stay
 * until somebody deals with them (I8); nothing here removes one.
 */
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Run } from '#lib/protocol/command.ts';
import { open, type BoxTrouble, type Place } from '../vault/seal.ts';
import { commandPlace } from './ledger.ts';
import type { Store } from './open-database.ts';
import type { OutboxColumns, OutboxRow, Told } from './rows.ts';
import { runsOf } from './runs.ts';
import type { Watch } from './watch.ts';
import { read, write, type Written } from './write.ts';

/** A command with the office's answer, opened. `command` is null when its box cannot be read. */
export interface OutboxItem extends OutboxColumns {
  command: WireCommand | null;
  damage: BoxTrouble | null;
  /** Names and values that a refusal is about: for a conflict `from`, `mine`, `theirs`. */
  told: Told;
}

export const toldPlace = (id: string, n: number): Place => ({ table: 'outbox.told', id, version: n });

/** Needs a person: refused and not yet dealt with, or waiting for people at the office. */
export const isTrouble = (row: OutboxColumns): boolean =>
  row.pulled === 0 &&
  ((row.status === 'refused' && row.aside === 0) || row.status === 'quarantined' || row.status === 'parked');

/** Still has to reach the office. */
export const isWaiting = (row: Pick<OutboxColumns, 'status'>): boolean =>
  row.status === 'queued' || row.status === 'sent';

export async function openOutboxRow({ box, told, ...columns }: OutboxRow): Promise<OutboxItem> {
  const command = await open<WireCommand>(box, commandPlace(columns.id, columns.n));
  const said = told && (await open<Told>(told, toldPlace(columns.id, columns.n)));
  return {
    ...columns,
    command: command.ok ? command.value : null,
    damage: command.ok ? null : command.why,
    told: said?.ok ? said.value : {},
  };
}

/** For `watch`: the whole outbox, latest first; also what the office has taken, for 14 days. */
export function outboxWatch(store: Store): Watch<OutboxRow[], OutboxItem[]> {
  return {
    read: () => store.db.outbox.toArray(),
    then: (rows) => Promise.all(rows.sort((a, b) => b.n - a.n).map(openOutboxRow)),
  };
}

export async function readOutboxItem(store: Store, id: string): Promise<OutboxItem | null> {
  const row = await read(store, () => store.db.outbox.get(id));
  return row ? openOutboxRow(row) : null;
}

/** 放弃: the refusal is dealt with. Only for refused commands; others are left as they are. */
export const setAside = (store: Store, id: string): Promise<Written<'aside' | 'notRefused'>> =>
  write(store, ['outbox'], async () => {
    const row = await store.db.outbox.get(id);
    if (row?.status !== 'refused') return 'notRefused';
    await store.db.outbox.update(id, { aside: 1 });
    return 'aside';
  });

/** What has not reached the office, as a courier can carry it: commands with the signatures that vouch for them. */
export async function exportUnsent(store: Store): Promise<{ commands: WireCommand[]; runs: Run[] }> {
  // what is in a file may arrive: none of it can be taken back any more
  await write(store, ['outbox'], () => store.db.outbox.where({ status: 'queued' }).modify({ held: null }));
  const rows = await read(store, () => store.db.outbox.where('status').anyOf('queued', 'sent').toArray());
  const gone = rows.filter((row) => !row.held).sort((a, b) => a.n - b.n);
  const items = await Promise.all(gone.map(openOutboxRow));
  const readable = items.filter((item) => item.command !== null);
  return { commands: readable.map((item) => item.command!), runs: runsOf(readable) };
}
