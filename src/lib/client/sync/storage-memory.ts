/**
 * Storage and ledger in memory: what a simulation gives to the production loop. Keeps to the same contract as IndexedDB
 * (tests/support/storage-contract.ts); each call is atomic because nothing inside awaits.
 */
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import {
  enqueueIn,
  firstChain,
  type Chain,
  type Enqueued,
  type Ledger,
  type Press,
} from '../store/enqueue.ts';
import type { Contact } from '../store/device.ts';
import { isTrouble, isWaiting } from '../store/outbox.ts';
import { inOrder } from '../store/outbox-heads.ts';
import { isKeptApplication, isKeptCommand, keepsFrom } from '../store/retention.ts';
import {
  FIRST_POSITION,
  type Confirmed,
  type OutboxColumns,
  type Position,
  type Told,
} from '../store/rows.ts';
import { chainBefore, undoBlock, type TakenBack } from '../store/undo.ts';
import type { Change, Storage } from './ports.ts';

export interface MemoryStorage extends Storage {
  enqueue(press: Press): Promise<Enqueued>;
  undo(id: string): Promise<TakenBack>;
  readonly ledger: Ledger;
  confirmed(): Confirmed[];
  outbox(): (OutboxColumns & { command: WireCommand; told: Told | null })[];
  setRelease(address: string | null): void;
}

export type Kept = OutboxColumns & { command: WireCommand; told: Told | null };

const copy = <T>(value: T): T => structuredClone(value);
const samePosition = (a: Position, b: Position): boolean => JSON.stringify(a) === JSON.stringify(b);
const columnsOf = ({ command: _, told: __, ...columns }: Kept): OutboxColumns => copy(columns);

/** `sign` stands for the keys of staff: null for an actor without one. */
export function memoryStorage(
  device: string | null,
  sign: (actor: string, bytes: Bytes) => Promise<string | null>,
): MemoryStorage {
  const outbox = new Map<string, Kept>();
  const applications = new Map<string, Confirmed>();
  let position: Position = FIRST_POSITION;
  let chain: Chain = firstChain(device ?? '');
  let contact: Contact | null = null;
  let leader: string | null = null;
  let release: string | null = null;
  let choice = '';

  const rows = (): Kept[] => [...outbox.values()].sort(inOrder(device));

  const ledger: Ledger = {
    find: async (id) => copy(outbox.get(id)?.command ?? null),
    chain: async () => (device === null ? null : { ...chain }),
    async last(applicationId) {
      const standing = rows().filter(
        (row) => row.device === device && row.applicationId === applicationId && row.status !== 'refused',
      );
      return standing.at(-1)?.id ?? null;
    },
    sign,
    async append(entry, expected) {
      if (chain.n !== expected.n || chain.head !== expected.head) return 'moved';
      outbox.set(entry.id, { ...copy(entry), told: null });
      chain = { device: entry.device, n: entry.n, head: entry.head };
      const superseded = entry.supersedes === null ? undefined : outbox.get(entry.supersedes);
      if (superseded) superseded.aside = 1;
      return 'stored';
    },
  };

  function apply(change: Change): void {
    position = copy(change.position);
    for (const confirmed of change.put) applications.set(confirmed.applicationId, copy(confirmed));
    for (const [id, { epoch }] of applications) {
      if (change.dropBefore !== null && epoch < change.dropBefore) applications.delete(id);
    }
    for (const { id, ...columns } of change.outbox) Object.assign(outbox.get(id) ?? {}, copy(columns));
    contact = copy(change.contact);
    choice = change.choice?.mark ?? choice;
  }

  return {
    ledger,
    enqueue: (press) => enqueueIn(ledger, press),
    async undo(id) {
      const row = outbox.get(id);
      const block = undoBlock(row, chain);
      if (block !== null || !row?.held) return block ?? 'gone';
      outbox.delete(id);
      chain = chainBefore(row, row.held.head);
      const superseded = row.supersedes === null ? undefined : outbox.get(row.supersedes);
      if (superseded) superseded.aside = 0;
      return 'undone';
    },
    confirmed: () => copy([...applications.values()]),
    outbox: () => copy(rows()),
    setRelease: (address) => void (release = address),
    device: async () => device,
    position: async () => copy(position),
    async summary() {
      const waiting = rows().filter(isWaiting);
      return {
        waiting: waiting.length,
        applications: new Set(waiting.map((row) => row.applicationId)).size,
        bytes: waiting.reduce((sum, row) => sum + row.bytes, 0),
        troubles: rows().filter(isTrouble).length,
        contact: copy(contact),
        release,
        choice,
      };
    },
    sendable: async (asking) =>
      rows()
        .filter(
          (row) => isWaiting(row) || (asking && (row.status === 'parked' || row.status === 'quarantined')),
        )
        .map(columnsOf),
    commands: async (ids) => ids.flatMap((id) => copy(outbox.get(id)?.command ?? [])),
    keeps: async () =>
      keepsFrom(
        rows().flatMap((row) => (row.device === device ? [row.n] : [])),
        chain.n,
      ),
    async markSent(ids, token) {
      if (leader !== token) return 'deposed';
      if (ids.some((id) => !outbox.has(id))) return 'moved';
      for (const id of ids) {
        const row = outbox.get(id);
        if (row?.status === 'queued') Object.assign(row, { status: 'sent', held: null });
      }
      return 'done';
    },
    async local(ids) {
      const asked = new Set(ids.commands);
      const found = ids.applications.flatMap((id) => applications.get(id) ?? []);
      return {
        device: device ?? '',
        position: copy(position),
        applications: new Map(found.map((confirmed) => [confirmed.applicationId, copy(confirmed)])),
        damaged: new Set(),
        outbox: rows()
          .filter(
            (row) =>
              asked.has(row.id) ||
              (!isWaiting(row) && (row.pulled === 0 || (row.device === device && row.n > ids.chain))),
          )
          .map(columnsOf),
      };
    },
    async commit(change, { expected, token }) {
      if (leader !== token) return 'deposed';
      if (!samePosition(position, expected)) return 'moved';
      apply(change);
      return 'done';
    },
    async lead(token) {
      leader = token;
      return 'done';
    },
    async tidy(now, token) {
      if (leader !== token) return 'deposed';
      for (const row of rows()) if (!isKeptCommand(row, now)) outbox.delete(row.id);
      const pending = new Set(rows().flatMap((row) => (row.pulled === 0 ? [row.applicationId] : [])));
      for (const { applicationId, state } of applications.values()) {
        if (!isKeptApplication(state.closedOn, now) && !pending.has(applicationId)) {
          applications.delete(applicationId);
        }
      }
      return 'done';
    },
  };
}
