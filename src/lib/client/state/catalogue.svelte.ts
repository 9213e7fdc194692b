/** The station's items: the list that can be searched, the guides, the calendar and the county's policy. */
import { createSearch, type Search, type SearchHit } from '#lib/catalogue/search.ts';
import { withoutLeftOut } from '#lib/catalogue/site-choice.ts';
import type { ListEntry, Rules } from '#lib/catalogue/release.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import { choiceWatch } from '../store/device.ts';
import { listWatch, readCurrentItem, readItem, readRules, type ListInUse } from '../store/releases.ts';
import { Live } from './live.svelte.ts';
import { openedStore } from './opened-store.ts';

class Catalogue {
  #live = new Live(listWatch);
  #inUse = $derived(this.#live.value);
  #choice = new Live(choiceWatch);
  #leftOut = $derived(this.#choice.value ?? new Set<string>());
  #list = $derived(this.#inUse && withoutLeftOut(this.#inUse.list, this.#leftOut));
  #search: Search | null = $derived(this.#list ? createSearch(this.#list) : null);
  #byCode = $derived(new Map((this.#inUse?.list.entries ?? []).map((entry) => [entry.code, entry])));

  /** undefined while it is read, null before the first list has arrived. */
  get inUse(): ListInUse | null | undefined {
    return this.#inUse;
  }

  /** What this site offers. */
  get entries(): ListEntry[] {
    return this.#list?.entries ?? [];
  }

  /** Any item of the release, also one that this site does not offer: what was begun or received stays readable. */
  entry(code: string): ListEntry | undefined {
    return this.#byCode.get(code);
  }

  search(query: string, limit = 50): SearchHit[] {
    return this.#search?.search(query, limit) ?? [];
  }

  /** The version to fill in now; null when it is not here (list only, or withdrawn). */
  async current(code: string): Promise<{ item: Item; hash: string } | null> {
    return readCurrentItem(await openedStore(), code);
  }

  /** The version something was filled against. */
  async version(ref: ItemRef): Promise<Item | null> {
    return readItem(await openedStore(), ref.hash);
  }

  /** Calendar and policy of the active release; null before the first. */
  async rules(): Promise<Rules | null> {
    return readRules(await openedStore());
  }
}

export const catalogue = new Catalogue();
