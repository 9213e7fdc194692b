/**
 * Applications as people see them: fold(pending, confirmed) of invariant I6, with what is in trouble beside it. A row that
 * cannot be read is shown as such and hides no other.
 */
import type { Application } from '#lib/domain/state.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { SentKind } from '#lib/domain/commands.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import type { BoxTrouble } from '../vault/seal.ts';
import { factsFrom, readFactsSource, type FactsSource } from './facts.ts';
import type { Folded } from './fold.ts';
import type { Store } from './open-database.ts';
import { openApplication, openHeads, readHeads, type Head, type OpenedApplication } from './opened.ts';
import { isTrouble, openOutboxRow, type OutboxItem } from './outbox.ts';
import type { ApplicationRow, OutboxRow, OutboxStatus } from './rows.ts';
import type { Watch } from './watch.ts';
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

interface Raw {
  heads: Head[];
  outbox: OutboxRow[];
}
type Opened = ReadonlyMap<string, OpenedApplication>;
type Commands = ReadonlyMap<string, OutboxItem[]>;

/** So many are open before a page is told for the first time: its first screen. Then at each tenfold. */
const FIRST_TOLD = 100;

/**
 * Both in one transaction: an answer of the office that is written in between would take a command out of the queue and
 * not yet be in the row, and what was just pressed would be gone for a moment (I6).
 */
const atOnce = <T>({ db }: Store, work: () => Promise<T>): Promise<T> =>
  db.transaction('r', [db.applications, db.outbox], work);

/** For `watch`: every application of this device, latest change first. */
export function applicationsWatch(store: Store): Watch<Raw, ApplicationView[]> {
  return {
    read: () =>
      atOnce(store, async () => ({
        heads: await readHeads(store),
        outbox: await store.db.outbox.where('pulled').equals(0).toArray(),
      })),
    async then({ heads, outbox }, soon) {
      const commands = await commandsOf(outbox);
      // first what is folded: half of it would be judged wrongly
      const [pending, rest] = [
        heads.filter(({ id }) => commands.has(id)),
        heads.filter(({ id }) => !commands.has(id)),
      ];
      let next = FIRST_TOLD;
      const opened = await openHeads(store, [...pending, ...rest], async (part) => {
        if (!soon || part.size < next || !pending.every(({ id }) => part.has(id))) return;
        next = part.size * 10;
        if (part.size < heads.length) soon(await viewsOf(store, part, commands));
      });
      return viewsOf(store, opened, commands);
    },
  };
}

/** For `watch`: one application; null when this device knows nothing of it. */
export function applicationWatch(
  store: Store,
  id: string,
): Watch<{ row: ApplicationRow | undefined; outbox: OutboxRow[] }, ApplicationView | null> {
  return {
    read: () =>
      atOnce(store, async () => {
        const row = await store.db.applications.get(id);
        const outbox = await store.db.outbox.where({ applicationId: id }).toArray();
        return { row, outbox: outbox.filter((command) => command.pulled === 0) };
      }),
    async then({ row, outbox }) {
      const opened = new Map(row ? [[id, await openApplication(row)]] : []);
      return (await viewsOf(store, opened, await commandsOf(outbox)))[0] ?? null;
    },
  };
}

export async function listApplications(store: Store): Promise<ApplicationView[]> {
  const { read: raw, then } = applicationsWatch(store);
  return then(await read(store, raw));
}

export async function readApplication(store: Store, id: string): Promise<ApplicationView | null> {
  const { read: raw, then } = applicationWatch(store, id);
  return then(await read(store, raw));
}

async function commandsOf(outbox: OutboxRow[]): Promise<Commands> {
  const commands = new Map<string, OutboxItem[]>();
  for (const item of await Promise.all(outbox.map(openOutboxRow))) {
    const { applicationId } = item;
    const earlier = commands.get(applicationId);
    if (earlier) earlier.push(item);
    else commands.set(applicationId, [item]);
  }
  return commands;
}

async function viewsOf(store: Store, opened: Opened, commands: Commands): Promise<ApplicationView[]> {
  const shown: ApplicationView[] = [];
  for (const [id, one] of opened) if (!commands.has(id)) shown.push(confirmedView(id, one));
  if (commands.size > 0) {
    const cited = [...commands].flatMap(([id, items]) => [opened.get(id), ...items]);
    const source = await readFactsSource(
      store,
      cited.flatMap((one) => one?.itemHash ?? []),
    );
    for (const [id, items] of commands) {
      const view = await viewOf(id, opened.get(id) ?? null, items, source);
      // a refused receive that was dealt with leaves nothing to show
      if (view.state || view.damage || view.pending.length + view.troubles.length > 0) shown.push(view);
    }
  }
  const at = new Map(shown.map((view) => [view, changedAt(view)]));
  return shown.sort((a, b) => (at.get(a)! < at.get(b)! ? 1 : -1));
}

const confirmedViews = new WeakMap<OpenedApplication, ApplicationView>();

/** What this device has nothing to add to: the same object as long as it is the same. */
function confirmedView(id: string, one: OpenedApplication): ApplicationView {
  const known = confirmedViews.get(one);
  if (known) return known;
  const { state, rev: confirmedRev, damage } = one;
  const view = { id, state, confirmedRev, pending: [], troubles: [], damage };
  confirmedViews.set(one, view);
  return view;
}

async function viewOf(
  id: string,
  confirmed: OpenedApplication | null,
  items: OutboxItem[],
  source: FactsSource,
): Promise<ApplicationView> {
  const damage = confirmed?.damage ?? null;
  const ordered = items.sort((a, b) => a.n - b.n);
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

/** Time of the last thing in its history, or of the command that could not be played. */
const changedAt = (view: ApplicationView): string =>
  view.state?.history.at(-1)?.at ?? view.troubles.at(-1)?.at ?? '';
