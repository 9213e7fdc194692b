/**
 * 撤销: takes back the last command of this device before it has gone anywhere. One transaction: the command goes, number
 * and head of the chain are as before it, and a refusal that it had put right needs a person again.
 * Invariant I2: nothing else that was said to be saved ever leaves the device. What was on its way once stays.
 */
import type { SentKind } from '#lib/domain/commands.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { Chain } from './enqueue.ts';
import type { Store } from './open-database.ts';
import { openOutboxRow } from './outbox.ts';
import type { OutboxColumns, OutboxRow } from './rows.ts';
import type { Watch } from './watch.ts';
import { write, type Written } from './write.ts';

/** `sent`: it was on its way, or never to be held. `followed`: another command came after it. `gone`: not here. */
export type TakenBack = 'undone' | 'sent' | 'followed' | 'gone';

/** What stands in the way of taking it back; null when nothing does. */
export function undoBlock(
  row: Pick<OutboxColumns, 'device' | 'n' | 'status' | 'held'> | undefined,
  chain: Chain | undefined,
): Exclude<TakenBack, 'undone'> | null {
  if (!row) return 'gone';
  if (row.status !== 'queued' || !row.held) return 'sent';
  return row.device === chain?.device && row.n === chain.n ? null : 'followed';
}

/** The chain as it was before this command. */
export const chainBefore = ({ device, n }: OutboxColumns, head: string): Chain => ({
  device,
  n: n - 1,
  head,
});

export const undo = (store: Store, id: string): Promise<Written<TakenBack>> =>
  write(store, ['outbox'], async () => {
    const { db } = store;
    const row = await db.outbox.get(id);
    const block = undoBlock(row, await chainOf(store));
    if (block !== null || !row?.held) return block ?? 'gone';
    await db.outbox.delete(id);
    await db.meta.put({ key: 'chain', value: chainBefore(row, row.held.head) });
    if (row.supersedes !== null) await db.outbox.update(row.supersedes, { aside: 0 });
    return 'undone';
  });

/** A command that can still be taken back. */
export interface HeldCommand {
  id: string;
  applicationId: string;
  kind: SentKind;
  actor: string;
  at: Instant;
  until: Instant;
  /** null when its box cannot be read. */
  command: WireCommand | null;
}

/** For `watch`: the last command of this device while nothing but time stands in the way; the same in every tab. */
export function heldWatch(store: Store): Watch<OutboxRow | null, HeldCommand | null> {
  return {
    async read() {
      const chain = await chainOf(store);
      if (!chain) return null;
      const row = await store.db.outbox.where('[device+n]').equals([chain.device, chain.n]).first();
      return row && undoBlock(row, chain) === null ? row : null;
    },
    async then(row) {
      if (!row?.held) return null;
      const { id, applicationId, kind, actor, at, command } = await openOutboxRow(row);
      return { id, applicationId, kind, actor, at, until: row.held.until, command };
    },
  };
}

const chainOf = async (store: Store): Promise<Chain | undefined> =>
  (await store.db.meta.get('chain'))?.value as Chain | undefined;
