/**
 * Pressing a button (办一步): the rulebook decides at once on what the person sees, then the command is kept on the device.
 * A refusal is a value with words; only `kept` means 已保存在本机.
 */
import { decide } from '#lib/domain/decide.ts';
import type { ItemRef } from '#lib/domain/item.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { SentCommand } from '#lib/protocol/command.ts';
import { readApplication } from '../store/applications.ts';
import type { EnqueueFailure, Files } from '../store/enqueue.ts';
import { factsOf, readFactsSource } from '../store/facts.ts';
import { HOLD_MS } from '../store/hold.ts';
import { enqueue } from '../store/ledger.ts';
import { now } from './now.svelte.ts';
import { openedStore } from './opened-store.ts';
import { wakeSync } from './sync-status.svelte.ts';

export type Acted =
  { is: 'kept'; n: number } | { is: 'refused'; refusal: Refusal } | { is: 'failed'; why: EnqueueFailure };

export interface Order {
  applicationId: string;
  actor: string;
  command: SentCommand;
  /** Made once at the button: pressing twice sends one. */
  id: string;
  /** Only with `receive`: the version it was filled against. */
  item?: ItemRef;
  supersedes?: string;
  draft?: string;
  /** Whoever presses may take it back for some seconds (undo.svelte.ts). */
  hold?: boolean;
}

export async function act(order: Order): Promise<Acted> {
  const store = await openedStore();
  const view = await readApplication(store, order.applicationId);
  const state = view?.state ?? null;
  const itemRef = order.item ?? state?.item ?? null;
  const source = await readFactsSource(store, itemRef === null ? [] : [itemRef.hash]);
  const at = now();
  const verdict = decide(state, order.command, factsOf(source, order.actor, at, itemRef));
  const again = view?.pending.some((pending) => pending.id === order.id) === true;
  if (!again && isRefusal(verdict)) return { is: 'refused', refusal: verdict };

  const kept = await enqueue(store, {
    ...order.command,
    id: order.id,
    actor: order.actor,
    applicationId: order.applicationId,
    baseRev: view?.confirmedRev ?? 0,
    at,
    ...(order.command.kind === 'receive' && order.item ? { item: order.item } : {}),
    ...(order.supersedes ? { supersedes: order.supersedes } : {}),
    ...(order.draft ? { draft: order.draft } : {}),
    ...(order.hold ? { holdMs: HOLD_MS } : {}),
    ...filesOf(order.command, state?.site),
  });
  if (!kept.ok) return { is: 'failed', why: kept.why };
  wakeSync();
  return { is: 'kept', n: kept.n };
}

/** Photos that a command names; they are filed under the site of the application. */
function filesOf(command: SentCommand, site: string | undefined): { files?: Files } {
  const [at, entries] =
    command.kind === 'receive'
      ? [command.body.site, command.body.materials]
      : command.kind === 'addMaterial'
        ? [site, [command.body]]
        : [undefined, []];
  const photos = entries.flatMap((entry) => entry.photos ?? []);
  return at === undefined || photos.length === 0 ? {} : { files: { site: at, photos } };
}
