/**
 * Applications as people see them: fold(pending, confirmed) of invariant I6, with what is in trouble beside it. A row that
 * cannot be read is shown as such and hides no other. Thousands of either are opened and folded in slices, once each
 * (folded.ts, opened.ts), so that a page stands still for no longer than one slice.
 */
import type { ApplicationView } from './folded.ts';
import type { Store } from './open-database.ts';
import {
  keepOpened,
  openApplication,
  openHeads,
  readHeads,
  type Head,
  type OpenedApplication,
} from './opened.ts';
import { openOutboxRow } from './outbox.ts';
import { readStanding, type OutboxHead } from './outbox-heads.ts';
import type { ApplicationRow, OutboxRow } from './rows.ts';
import type { Watch } from './watch.ts';
import { read } from './write.ts';

export type { ApplicationView };

interface Raw {
  heads: Head[];
  standing: OutboxHead[];
}

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
      atOnce(store, async () => ({ heads: await readHeads(store), standing: await readStanding(store) })),
    async then({ heads, standing }, soon) {
      const pending = byApplication(standing);
      const views = new Map<string, ApplicationView>();
      let next = FIRST_TOLD;
      const tell = (): void => {
        if (!soon || views.size < next) return;
        next = views.size * 10;
        soon(sorted(views.values()));
      };
      // first what is folded: a page must never show less than was pressed
      if (pending.size > 0) {
        // fetched when there is something to play: most of the time there is not
        const { foldAll } = await import('./folded.ts');
        await foldAll(store, pending, heads, (some) => {
          for (const view of some) if (isShown(view)) views.set(view.id, view);
          if (views.size < pending.size) tell();
        });
      }
      const rest = heads.filter(({ id }) => !pending.has(id));
      const confirm = (opened: ReadonlyMap<string, OpenedApplication>): void => {
        for (const [id, one] of opened) if (!views.has(id)) views.set(id, confirmedView(id, one));
      };
      const opened = await openHeads(store, rest, async (part) => {
        confirm(part);
        if (part.size < rest.length) tell();
      });
      confirm(opened);
      keepOpened(store, heads);
      return sorted(views.values());
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
      const confirmed = row ? await openApplication(row) : null;
      if (outbox.length === 0) return confirmed && confirmedView(id, confirmed);
      const items = await Promise.all(outbox.map(openOutboxRow));
      const { foldOne } = await import('./folded.ts');
      const view = await foldOne(store, id, confirmed, items);
      return isShown(view) ? view : null;
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

/** By application, the one that was last acted on first. */
function byApplication(standing: readonly OutboxHead[]): ReadonlyMap<string, OutboxHead[]> {
  const groups = new Map<string, OutboxHead[]>();
  for (const head of standing) {
    const group = groups.get(head.applicationId);
    if (group) group.push(head);
    else groups.set(head.applicationId, [head]);
  }
  return new Map([...groups].sort(([, a], [, b]) => b.at(-1)!.n - a.at(-1)!.n));
}

/** A refused receive that was dealt with leaves nothing to show. */
const isShown = ({ state, damage, pending, troubles }: ApplicationView): boolean =>
  state !== null || damage !== null || pending.length + troubles.length > 0;

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

function sorted(views: Iterable<ApplicationView>): ApplicationView[] {
  const at = [...views].map((view): [string, ApplicationView] => [changedAt(view), view]);
  return at.sort(([a], [b]) => (a < b ? 1 : -1)).map(([, view]) => view);
}

/** Time of the last thing in its history, or of the command that could not be played. */
const changedAt = (view: ApplicationView): string =>
  view.state?.history.at(-1)?.at ?? view.troubles.at(-1)?.at ?? '';
