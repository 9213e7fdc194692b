/**
 * The outbox as pages show it: what waits, what the office answered, what needs a person (需处理). Lists are told a page at
 * a time and open only what they show. Refused commands stay until somebody deals with them (I8); nothing here removes one.
 */
import type { Instant } from '#lib/domain/day.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import { open, type BoxTrouble, type Place } from '../vault/seal.ts';
import { SETTLED } from './database.ts';
import { commandPlace } from './ledger.ts';
import type { Store } from './open-database.ts';
import { readHeads, readWaiting, TROUBLED } from './outbox-heads.ts';
import type { OutboxColumns, OutboxRow, Told } from './rows.ts';
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
export const isTrouble = (row: Pick<OutboxColumns, 'pulled' | 'status' | 'aside'>): boolean =>
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

const openAll = (rows: readonly OutboxRow[]): Promise<OutboxItem[]> => Promise.all(rows.map(openOutboxRow));

/** Part of a list: its first rows, and whether there are more. */
export interface Listed<T> {
  rows: T[];
  more: boolean;
}

/** An application of which something waits, with its waiting commands in order. */
export interface WaitingApplication {
  applicationId: string;
  steps: OutboxItem[];
}

/** For `watch`: the first `most` applications of which something still has to reach the office, in the order of sending. */
export function waitingWatch(
  store: Store,
  most: number,
): Watch<Listed<OutboxRow[]>, Listed<WaitingApplication>> {
  return {
    async read() {
      const ids = [...new Set((await readWaiting(store)).map((head) => head.applicationId))];
      const shown = ids.slice(0, most);
      const found = await store.db.outbox.where('applicationId').anyOf(shown).toArray();
      const waiting = found
        .filter((row) => row.pulled === 0 && isWaiting(row))
        .sort((a, b) => (a.at < b.at ? -1 : 1));
      return {
        rows: shown.map((id) => waiting.filter((row) => row.applicationId === id)),
        more: ids.length > most,
      };
    },
    async then({ rows, more }) {
      const opened = await Promise.all(
        rows.map(async (steps) => ({
          applicationId: steps[0]?.applicationId ?? '',
          steps: await openAll(steps),
        })),
      );
      return { rows: opened.filter(({ steps }) => steps.length > 0), more };
    },
  };
}

/** For `watch`: the latest `most` commands that need a person. */
export function troublesWatch(store: Store, most: number): Watch<Listed<OutboxRow>, Listed<OutboxItem>> {
  return {
    async read() {
      const all = (await readHeads(store, TROUBLED)).filter(isTrouble);
      const heads = all.sort((a, b) => b.n - a.n);
      const rows = await store.db.outbox.bulkGet(heads.slice(0, most).map(({ id }) => id));
      return { rows: rows.flatMap((row) => row ?? []), more: heads.length > most };
    },
    then: async ({ rows, more }) => ({ rows: await openAll(rows), more }),
  };
}

/** For `watch`: the latest `most` commands that the office has taken since then. */
export function arrivedWatch(
  store: Store,
  since: Instant,
  most: number,
): Watch<Listed<OutboxRow>, Listed<OutboxItem>> {
  return {
    async read() {
      const range = store.db.outbox.where(SETTLED).between(['acked', since], ['acked', []]);
      const rows = await range
        .reverse()
        .limit(most + 1)
        .toArray();
      return { rows: rows.slice(0, most), more: rows.length > most };
    },
    then: async ({ rows, more }) => ({ rows: await openAll(rows), more }),
  };
}

/** For `watch`: this device's commands on one application, in order. */
export function outboxOfWatch(store: Store, applicationId: string): Watch<OutboxRow[], OutboxItem[]> {
  return {
    read: () => store.db.outbox.where({ applicationId }).toArray(),
    then: (rows) => openAll(rows.sort((a, b) => a.n - b.n)),
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
