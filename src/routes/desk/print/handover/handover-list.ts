/** What a station can hand over: its own open applications whose item is known, latest day first. */
import type { ApplicationView } from '#lib/client/state/applications.svelte.ts';
import type { Item } from '#lib/domain/item.ts';
import { isClosed, type Application } from '#lib/domain/state.ts';

export interface Listed {
  state: Application;
  item: Item;
}

export function listed(
  views: readonly Pick<ApplicationView, 'state'>[],
  site: string,
  itemOf: (hash: string) => Item | undefined,
): Listed[] {
  // thousands of applications cite a few items: each is asked for once
  const items = new Map<string, Item | undefined>();
  const known = (hash: string): Item | undefined => {
    if (!items.has(hash)) items.set(hash, itemOf(hash));
    return items.get(hash);
  };
  return views
    .flatMap(({ state }) => {
      if (state === null || state.site !== site || isClosed(state.state)) return [];
      const item = known(state.item.hash);
      return item ? [{ state, item }] : [];
    })
    .sort(({ state: a }, { state: b }) =>
      a.receivedOn === b.receivedOn
        ? inOrder(a.receiptNumber, b.receiptNumber)
        : inOrder(b.receivedOn, a.receivedOn),
    );
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
