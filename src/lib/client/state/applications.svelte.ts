/** Applications as pages read them: the fold of confirmed state and this device's own pending commands (invariant I6). */
import type { Item } from '#lib/domain/item.ts';
import { applicationsWatch, applicationWatch, type ApplicationView } from '../store/applications.ts';
import { readItem } from '../store/releases.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';

export type { ApplicationView };

/** Every application on this device, latest change first. */
export const applications = new Live(applicationsWatch);

/** One application; its value is null when this device does not know it. */
export const liveApplication = (id: string): Live<unknown, ApplicationView | null> =>
  new Live((store) => applicationWatch(store, id)) as Live<unknown, ApplicationView | null>;

/** The item version an application was filled against; null when it is not on this device. */
export async function itemOf(hash: string): Promise<Item | null> {
  return readItem(await openedStore(), hash);
}

/** Item versions by hash, read once each: they are immutable. */
export class ItemCache {
  #items = $state<Record<string, Item | null>>({});

  /** undefined while it is read, null when it is not here. */
  get(hash: string): Item | null | undefined {
    return this.#items[hash];
  }

  async load(hashes: Iterable<string>): Promise<void> {
    const missing = [...new Set(hashes)].filter((hash) => !Object.hasOwn(this.#items, hash));
    await Promise.all(missing.map(async (hash) => (this.#items[hash] = await itemOf(hash))));
  }
}

export type SyncWord = 'local' | 'sending' | 'arrived' | 'trouble';

/** The four words of sync state: 仅存本机 · 上传中 · 已送达 · 需处理. */
export function syncWord(view: ApplicationView): SyncWord {
  if (view.troubles.length > 0 || view.damage !== null) return 'trouble';
  const waiting = view.pending.filter((p) => p.status === 'queued' || p.status === 'sent');
  if (waiting.length === 0) return 'arrived';
  return waiting.some((p) => p.status === 'sent') ? 'sending' : 'local';
}
