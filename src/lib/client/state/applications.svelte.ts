/** Applications as pages read them: the fold of confirmed state and this device's own pending commands (invariant I6). */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Item } from '#lib/domain/item.ts';
import {
  applicationsWatch,
  applicationWatch,
  listApplications,
  type ApplicationView,
} from '../store/applications.ts';
import { itemCountWatch, readItem, readItems } from '../store/releases.ts';
import { Live } from './live.svelte.ts';
import type { OutboxItem } from '../store/outbox.ts';
import { sync } from './sync-status.svelte.ts';
import { openedStore } from './opened-store.ts';

export type { ApplicationView };

/** Every application on this device, latest change first; told in parts until `whole`. */
export const applications = new Live(applicationsWatch);

/** All of them, once: for what must not miss one that is still being read. */
export const applicationsNow = async (): Promise<ApplicationView[]> => listApplications(await openedStore());

/** One application; its value is null when this device does not know it. */
export const liveApplication = (id: string): Live<unknown, ApplicationView | null> =>
  new Live((store) => applicationWatch(store, id)) as Live<unknown, ApplicationView | null>;

/** The item version an application was filled against; null when it is not on this device. */
export async function itemOf(hash: string): Promise<Item | null> {
  return readItem(await openedStore(), hash);
}

/** Versions on this device by number: a version that an application cites may arrive after it. */
const itemsHere = new Live(itemCountWatch);

/**
 * Item versions by hash, read once each: they are immutable. What is asked for together is told together, so that a list
 * of many items is drawn once and not once for each.
 */
export class ItemCache {
  #items = new SvelteMap<string, Item | null>();
  /** By hash: how many versions were here when it was last asked for. */
  #asked = new Map<string, number>();

  /** undefined while it is read, null when it is not here (yet). */
  get(hash: string): Item | null | undefined {
    return this.#items.get(hash);
  }

  /** Call it in an effect: it runs again when versions arrive that were not here. */
  load(hashes: Iterable<string>): void {
    const here = itemsHere.value;
    if (here === undefined) return;
    const wanted = untrack(() =>
      [...new Set(hashes)].filter((hash) => !this.#items.get(hash) && this.#asked.get(hash) !== here),
    );
    if (wanted.length === 0) return;
    for (const hash of wanted) this.#asked.set(hash, here);
    void this.#read(wanted);
  }

  async #read(wanted: readonly string[]): Promise<void> {
    const found = await readItems(await openedStore(), wanted);
    for (const hash of wanted) {
      const item = found.get(hash) ?? null;
      // an earlier reading may end later
      if (item !== null || !this.#items.has(hash)) this.#items.set(hash, item);
    }
  }
}

export type SyncWord = 'local' | 'sending' | 'arrived' | 'trouble';

/**
 * The four words of sync state: 仅存本机 · 上传中 · 已送达 · 需处理. A command whose answer was never seen may have arrived or
 * not; while nothing is being sent it is 仅存本机.
 */
export function syncWord(view: ApplicationView): SyncWord {
  if (view.troubles.length > 0 || view.damage !== null) return 'trouble';
  return waitingWord(view.pending.map((pending) => pending.status));
}

/** The word for commands by their status. */
export function waitingWord(statuses: readonly OutboxItem['status'][]): SyncWord {
  if (!statuses.some((status) => status === 'queued' || status === 'sent')) return 'arrived';
  return sync.status.phase === 'sending' && statuses.includes('sent') ? 'sending' : 'local';
}
