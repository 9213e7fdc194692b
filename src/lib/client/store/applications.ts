/**
 * Applications as people see them: fold(pending, confirmed) of invariant I6, with what is in trouble beside it. A row that
 * cannot be read is shown as such and hides no other.
 */
import type { Application } from '#lib/domain/state.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { SentKind } from '#lib/domain/commands.ts';
import type { WireCommand } from '#lib/protocol/command.ts';
import { open, type BoxTrouble, type Place } from '../vault/seal.ts';
import { factsFrom, readFactsSource, type FactsSource } from './facts.ts';
import type { Folded } from './fold.ts';
import type { Store } from './open-database.ts';
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
  applications: ApplicationRow[];
  outbox: OutboxRow[];
}

export const applicationPlace = (id: string, rev: number): Place => ({
  table: 'applications',
  id,
  version: rev,
});

/** For `watch`: every application of this device, latest change first. */
export function applicationsWatch(store: Store): Watch<Raw, ApplicationView[]> {
  return {
    read: async () => ({
      applications: await store.db.applications.toArray(),
      outbox: await store.db.outbox.where('pulled').equals(0).toArray(),
    }),
    then: (raw) => viewsOf(store, raw),
  };
}

/** For `watch`: one application; null when this device knows nothing of it. */
export function applicationWatch(store: Store, id: string): Watch<Raw, ApplicationView | null> {
  return {
    read: async () => {
      const row = await store.db.applications.get(id);
      const outbox = await store.db.outbox.where({ applicationId: id }).toArray();
      return { applications: row ? [row] : [], outbox: outbox.filter((command) => command.pulled === 0) };
    },
    then: async (raw) => (await viewsOf(store, raw))[0] ?? null,
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

async function viewsOf(store: Store, { applications, outbox }: Raw): Promise<ApplicationView[]> {
  const rows = new Map(applications.map((row) => [row.id, row]));
  const commands = new Map<string, OutboxItem[]>();
  for (const item of await Promise.all(outbox.map(openOutboxRow))) {
    commands.set(item.applicationId, [...(commands.get(item.applicationId) ?? []), item]);
  }
  const cited = [...applications, ...outbox].flatMap(({ itemHash }) => itemHash ?? []);
  const source = await readFactsSource(store, outbox.length > 0 ? cited : []);
  const ids = [...new Set([...rows.keys(), ...commands.keys()])];
  const views = await Promise.all(
    ids.map((id) => viewOf(id, rows.get(id) ?? null, commands.get(id) ?? [], source)),
  );
  // a refused receive that was dealt with leaves nothing to show
  const shown = views.filter(
    (view) => view.state || view.damage || view.pending.length + view.troubles.length,
  );
  return shown.sort((a, b) => (changedAt(a) < changedAt(b) ? 1 : -1));
}

async function viewOf(
  id: string,
  row: ApplicationRow | null,
  items: OutboxItem[],
  source: FactsSource,
): Promise<ApplicationView> {
  const opened = row && (await open<Application>(row.box, applicationPlace(id, row.rev)));
  const damage = opened?.ok === false ? opened.why : null;
  const confirmed = opened?.ok ? opened.value : null;
  const ordered = items.sort((a, b) => a.n - b.n);
  const standing = ordered.filter((item) => item.status !== 'refused');
  const playable = standing.flatMap((item) => item.command ?? []);
  const folded = damage === null ? await played(confirmed, playable, source) : { state: null, doubtful: [] };
  const doubts = new Map(folded.doubtful.map(({ command, refusal }) => [command, refusal]));
  return {
    id,
    state: folded.state,
    confirmedRev: row?.rev ?? 0,
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
