/**
 * Taking a command into the outbox. The number n is gap-free and the head chains every command of the device, so both
 * are worked out first (hashing and signing cannot wait inside a transaction) and written only if nobody was faster.
 * Invariants: I2 once this says ok the command is on the device; I5/double click: the id made at the button is the key;
 * I7 `after` chains an application's commands; I14 the actor's own key signs the head.
 * Nothing is judged here: the page decided before. Ledger is the Dexie outbox or, in simulations, memory.
 */
import { canonicalBytes } from '#lib/catalogue/canonical.ts';
import type { Bytes } from '#lib/catalogue/hash.ts';
import { instantMs, type Instant } from '#lib/domain/day.ts';
import type { ItemRef } from '#lib/domain/item.ts';
import type { Photo } from '#lib/domain/materials.ts';
import { sameValue } from '#lib/domain/same-value.ts';
import { FIRST_HEAD, nextHead, runMessage } from '#lib/protocol/chain.ts';
import type { SentCommand, WireCommand } from '#lib/protocol/command.ts';
import type { Hold, OutboxEntry } from './rows.ts';
import type { WriteFailure } from './write.ts';

export interface Files {
  site: string;
  photos: readonly Photo[];
}

/** What the page knows when the button is pressed. */
export type Press = SentCommand & {
  /** UUIDv7, made once at the button. */
  id: string;
  /** Staff id of whoever pressed it. */
  actor: string;
  applicationId: string;
  /** Revision of the last confirmed state that was seen; 0 before the first. */
  baseRev: number;
  item?: ItemRef;
  /** Device clock. */
  at: Instant;
  /** The refused command that this one puts right: it is set aside. */
  supersedes?: string;
  /** Draft that has become this command: goes in the same transaction. */
  draft?: string;
  /** It can be taken back (undo.ts) for so long, and is not sent before. Never with a draft. */
  holdMs?: number;
  /** Photos that it names, and the site of its application: they have to reach the office too. */
  files?: Files;
};

export type EnqueueFailure = WriteFailure | 'notEnrolled' | 'noKey' | 'idReused';
/** `again`: this id was here already, with the same contents. `noKey`: the actor has never signed in on this device. */
export type Enqueued = { ok: true; n: number; again: boolean } | { ok: false; why: EnqueueFailure };

/** Where the device's chain stands. */
export interface Chain {
  device: string;
  n: number;
  head: string;
}
export const firstChain = (device: string): Chain => ({ device, n: 0, head: FIRST_HEAD });

export interface Ledger {
  /** The command with this id, opened; null when it is not here. */
  find(id: string): Promise<WireCommand | null>;
  /** null: not enrolled. */
  chain(): Promise<Chain | null>;
  /** Last command of this device on the application that was not refused. */
  last(applicationId: string): Promise<string | null>;
  /** Signs with the actor's key on this device; null when there is none. */
  sign(actor: string, bytes: Bytes): Promise<string | null>;
  /**
   * One transaction: compares the chain with `expected`, writes entry and chain, removes the draft, sets the superseded
   * command aside, queues the photos. `moved`: somebody was faster, nothing is written.
   */
  append(
    entry: OutboxEntry,
    expected: Chain,
    draft: string | null,
    files: Files | null,
  ): Promise<'stored' | 'moved' | WriteFailure>;
}

/** Two tabs meet rarely and a retry is short; more than this is a bug. */
const ATTEMPTS = 100;

export async function enqueueIn(ledger: Ledger, press: Press): Promise<Enqueued> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const known = await ledger.find(press.id);
    if (known) {
      const same = known.kind === press.kind && sameValue(known.body, press.body);
      return same ? { ok: true, n: known.n, again: true } : { ok: false, why: 'idReused' };
    }
    const chain = await ledger.chain();
    if (!chain) return { ok: false, why: 'notEnrolled' };

    const command = commandOf(press, chain, await ledger.last(press.applicationId));
    const head = await nextHead(chain.head, command);
    const sig = await ledger.sign(press.actor, runMessage(chain.device, press.actor, command.n, head));
    if (sig === null) return { ok: false, why: 'noKey' };

    const result = await ledger.append(
      queuedEntry(command, { head, sig, held: holdOf(press, chain) }),
      chain,
      press.draft ?? null,
      press.files ?? null,
    );
    if (result === 'stored') return { ok: true, n: command.n, again: false };
    if (result !== 'moved') return { ok: false, why: result };
  }
  throw new Error('the chain never held still');
}

function commandOf(press: Press, chain: Chain, after: string | null): WireCommand {
  const { draft: _, files: __, holdMs: ___, item, supersedes, ...rest } = press;
  return {
    ...rest,
    v: 1,
    device: chain.device,
    n: chain.n + 1,
    after,
    ...(item ? { item } : {}),
    ...(supersedes ? { supersedes } : {}),
  } as WireCommand;
}

function holdOf({ at, holdMs }: Press, { head }: Chain): Hold | null {
  return holdMs === undefined ? null : { until: new Date(instantMs(at) + holdMs).toISOString(), head };
}

/** A command with its place in a chain, as it waits to be sent. */
export function queuedEntry(
  command: WireCommand,
  { head, sig, held = null }: { head: string; sig: string; held?: Hold | null },
): OutboxEntry {
  const { id, device, n, applicationId, actor, kind, at, after, supersedes, item } = command;
  return {
    id,
    device,
    n,
    applicationId,
    actor,
    kind,
    at,
    after,
    supersedes: supersedes ?? null,
    bytes: canonicalBytes(command).length,
    itemHash: item?.hash ?? null,
    head,
    sig,
    status: 'queued',
    held,
    outcome: null,
    settledAt: null,
    pulled: 0,
    aside: 0,
    command,
  };
}
