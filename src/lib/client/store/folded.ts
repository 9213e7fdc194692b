/**
 * Applications with commands of this device on them, folded once each: a month's work without a network is some thousand,
 * and most of them are the same at the next look. In slices, so that a page answers keys in between.
 * Invariant: a view that is used again was made from the same confirmed revision, commands, statuses and facts.
 */
import type { Item } from '#lib/domain/item.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { SentKind } from '#lib/domain/commands.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { BoxTrouble } from '../vault/seal.ts';
import { factsFrom, readFactsSource, type FactsSource } from './facts.ts';
import type { Folded } from './fold.ts';
import type { Store } from './open-database.ts';
import { openHeads, type Head, type OpenedApplication } from './opened.ts';
import { isTrouble, openOutboxRow, type OutboxItem } from './outbox.ts';
import { inOrder, type OutboxHead } from './outbox-heads.ts';
import { readItems } from './releases.ts';
import type { OutboxStatus } from './rows.ts';
import { read } from './write.ts';

/** A command of this device that the confirmed state does not contain yet. */
export interface PendingCommand {
  id: string;
  kind: SentKind;
  status: OutboxStatus;
  /** Why the rules refuse it by now; the office has not spoken yet. */
  doubt: Refusal | null;
}

export interface ApplicationView {
  id: string;
  /** As the person sees it; null when nothing of it stands (a refused receive) or it cannot be read. */
  state: Application | null;
  /** Confirmed revision: `baseRev` of the next command; 0 before the office has it. */
  confirmedRev: number;
  pending: PendingCommand[];
  /** Refused, quarantined or parked commands that need a person. */
  troubles: OutboxItem[];
  damage: BoxTrouble | null;
}

type Pending = ReadonlyMap<string, readonly OutboxHead[]>;

/** Applications at one go: some 20 ms on an old PC. */
const SLICE = 25;

interface KeptView {
  key: string;
  view: ApplicationView;
}
const keptOf = new WeakMap<Store, Map<string, KeptView>>();

/** Folds all of `pending`, in its order. `onSlice` is told after each slice what has come of it. */
export async function foldAll(
  store: Store,
  pending: Pending,
  heads: readonly Head[],
  onSlice: (views: ApplicationView[]) => void,
): Promise<void> {
  if (pending.size === 0) {
    keptOf.delete(store);
    return;
  }
  const before = keptOf.get(store);
  const kept = new Map<string, KeptView>();
  const headOf = new Map(heads.map((head) => [head.id, head]));
  const versions = new Map<string, Item>();
  const source: FactsSource = { ...(await readFactsSource(store, [])), items: versions };
  const { release, device, actors, carried } = source;
  const facts = JSON.stringify([release, device?.device, [...actors.values()], [...carried.keys()]]);
  const known: ApplicationView[] = [];
  const missing: [string, string, readonly OutboxHead[]][] = [];
  for (const [id, commands] of pending) {
    const key = keyOf(headOf.get(id), commands, facts);
    const same = before?.get(id);
    if (same?.key !== key) {
      missing.push([id, key, commands]);
      continue;
    }
    kept.set(id, same);
    known.push(same.view);
  }
  onSlice(known);
  for (let from = 0; from < missing.length; from += SLICE) {
    const slice = missing.slice(from, from + SLICE);
    const opened = await openHeads(
      store,
      slice.flatMap(([id]) => headOf.get(id) ?? []),
    );
    const items = await openCommands(
      store,
      slice.flatMap(([, , commands]) => commands),
    );
    await learnItems(store, versions, [...opened.values(), ...items.values()]);
    const views: ApplicationView[] = [];
    for (const [id, key, commands] of slice) {
      const confirmed = opened.get(id) ?? null;
      const mine = commands.flatMap((head) => items.get(head.id) ?? []);
      const view = await viewOf(id, confirmed, mine, source);
      views.push(view);
      // judged without its item it may be judged otherwise when that has come
      const cited = [confirmed, ...mine].flatMap((one) => one?.itemHash ?? []);
      if (cited.every((hash) => versions.has(hash))) kept.set(id, { key, view });
    }
    onSlice(views);
  }
  keptOf.set(store, kept);
}

function keyOf(head: Head | undefined, commands: readonly OutboxHead[], facts: string): string {
  const stands = commands.map(({ id, status, aside }) => `${id} ${status} ${aside}`);
  return [head ? `${head.epoch} ${head.rev}` : '', ...stands, facts].join('\n');
}

/** As their heads say that they stand: an answer that was written since is told by the next look (I6). */
async function openCommands(
  store: Store,
  heads: readonly OutboxHead[],
): Promise<ReadonlyMap<string, OutboxItem>> {
  const rows = await read(store, () => store.db.outbox.bulkGet(heads.map(({ id }) => id)));
  const opened = await Promise.all(
    rows.map(async (row, at) => {
      const { pulled, status, aside } = heads[at]!;
      return row && { ...(await openOutboxRow(row)), pulled, status, aside };
    }),
  );
  return new Map(opened.flatMap((item) => (item ? [[item.id, item] as const] : [])));
}

async function learnItems(
  store: Store,
  versions: Map<string, Item>,
  cited: readonly { itemHash: string | null }[],
): Promise<void> {
  const all = new Set(cited.flatMap((one) => one.itemHash ?? []));
  const hashes = [...all].filter((hash) => !versions.has(hash));
  if (hashes.length === 0) return;
  for (const [hash, item] of await readItems(store, hashes)) versions.set(hash, item);
}

/** One application as the person sees it. `items` in any order. */
export async function foldOne(
  store: Store,
  id: string,
  confirmed: OpenedApplication | null,
  items: readonly OutboxItem[],
): Promise<ApplicationView> {
  const cited = [confirmed, ...items].flatMap((one) => one?.itemHash ?? []);
  return viewOf(id, confirmed, items, await readFactsSource(store, cited));
}

async function viewOf(
  id: string,
  confirmed: OpenedApplication | null,
  items: readonly OutboxItem[],
  source: FactsSource,
): Promise<ApplicationView> {
  const damage = confirmed?.damage ?? null;
  const ordered = [...items].sort(inOrder(source.device?.device ?? null));
  const standing = ordered.filter((item) => item.status !== 'refused');
  const playable = standing.flatMap((item) => item.command ?? []);
  const folded =
    damage === null
      ? await played(confirmed?.state ?? null, playable, source)
      : { state: null, doubtful: [] };
  const doubts = new Map(folded.doubtful.map(({ command, refusal }) => [command, refusal]));
  return {
    id,
    state: folded.state,
    confirmedRev: confirmed?.rev ?? 0,
    pending: standing.map(({ id: command, kind, status }) => ({
      id: command,
      kind,
      status,
      doubt: doubts.get(command) ?? null,
    })),
    troubles: ordered.filter(isTrouble),
    damage,
  };
}

/** The rulebook is fetched when there is something to play: most of the time there is not. */
async function played(
  confirmed: Application | null,
  pending: readonly WireCommand[],
  source: FactsSource,
): Promise<Pick<Folded, 'state' | 'doubtful'>> {
  if (pending.length === 0) return { state: confirmed, doubtful: [] };
  const { foldPending } = await import('./fold.ts');
  return foldPending(confirmed, pending, factsFrom(source));
}
