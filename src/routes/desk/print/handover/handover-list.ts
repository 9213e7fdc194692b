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
  return views
    .flatMap(({ state }) => {
      if (state === null || state.site !== site || isClosed(state.state)) return [];
      const item = itemOf(state.item.hash);
      return item ? [{ state, item }] : [];
    })
    .sort((a, b) => (a.state.receiptNumber < b.state.receiptNumber ? -1 : 1))
    .sort((a, b) =>
      a.state.receivedOn > b.state.receivedOn ? -1 : a.state.receivedOn < b.state.receivedOn ? 1 : 0,
    );
}
