/** The outbox as the sync centre shows it, a page at a time: what needs a person, what waits, what arrived. */
import { startOfDay, type Day } from '#lib/domain/day.ts';
import { readApplication, type ApplicationView } from '../store/applications.ts';
import type { Store } from '../store/open-database.ts';
import {
  arrivedWatch,
  outboxOfWatch,
  setAside,
  troublesWatch,
  waitingWatch,
  type Listed,
  type OutboxItem,
} from '../store/outbox.ts';
import type { Watch } from '../store/watch.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';

export type { OutboxItem };

/** A row with the application that it is about; null where this device knows nothing of it. */
export type Shown<T> = T & { view: ApplicationView | null };

type Query<Raw, T> = (store: Store, most: number) => Watch<Raw, Listed<T>>;

const PAGE = 20;

/** A list that grows by a page at a press, and stays on the screen while the next page is read. */
class Pages<Raw, T extends { applicationId: string }> {
  #most = $state(PAGE);
  #query: () => Query<Raw, T>;
  #live: Live<Raw, Listed<Shown<T>>>;
  #kept: Listed<Shown<T>> | undefined;

  /** `query` may depend on what runes say: then another list begins. */
  constructor(query: () => Query<Raw, T>) {
    this.#query = query;
    this.#live = $derived.by(() => {
      const most = this.#most;
      const wanted = this.#query();
      return new Live((store) => withViews(store, wanted(store, most)));
    });
  }

  /** undefined until the first answer. */
  get value(): Listed<Shown<T>> | undefined {
    this.#kept = this.#live.value ?? this.#kept;
    return this.#kept;
  }

  get failed(): boolean {
    return this.#live.failed;
  }

  more(): void {
    this.#most += PAGE;
  }
}

function withViews<Raw, T extends { applicationId: string }>(
  store: Store,
  { read, then }: Watch<Raw, Listed<T>>,
): Watch<Raw, Listed<Shown<T>>> {
  return {
    read,
    async then(raw) {
      const { rows, more } = await then(raw);
      const shown = rows.map(async (row) => ({
        ...row,
        view: await readApplication(store, row.applicationId),
      }));
      return { rows: await Promise.all(shown), more };
    },
  };
}

export const troublePages = () => new Pages(() => troublesWatch);
export const waitingPages = () => new Pages(() => waitingWatch);
export const arrivedPages = (day: () => Day) =>
  new Pages(() => {
    const since = startOfDay(day());
    return (store, most) => arrivedWatch(store, since, most);
  });

/** The receive of an application as it was pressed here; undefined while it is read, and where it came from elsewhere. */
export function liveReceive(applicationId: string): { readonly value: OutboxItem | undefined } {
  const live = new Live((store) => outboxOfWatch(store, applicationId));
  return {
    get value() {
      return live.value?.find((one) => one.kind === 'receive');
    },
  };
}

/** 放弃: the person has dealt with a refusal. */
export const giveUp = async (id: string) => setAside(await openedStore(), id);
