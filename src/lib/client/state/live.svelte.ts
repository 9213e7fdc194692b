/**
 * A live query as a rune: starts when a page first reads it in an effect, stops when the last reader is gone, and redraws
 * on every change in this tab, another tab or the worker. A query that fails keeps the last value and says so.
 */
import { createSubscriber } from 'svelte/reactivity';
import { watch, type Watch } from '../store/watch.ts';
import type { Store } from '../store/open-database.ts';
import { openedStore } from './opened-store.ts';

export class Live<Raw, T> {
  #value = $state.raw<T | undefined>(undefined);
  #whole = $state(false);
  #failed = $state(false);
  #subscribe: () => void;

  constructor(query: (store: Store) => Watch<Raw, T>) {
    this.#subscribe = createSubscriber(() => {
      let stop: (() => void) | undefined;
      let ended = false;
      void openedStore().then((store) => {
        if (ended) return;
        stop = watch(
          query(store),
          (value, whole) => {
            this.#value = value;
            this.#whole = whole;
            this.#failed = false;
          },
          () => (this.#failed = true),
        );
      });
      return () => {
        ended = true;
        stop?.();
      };
    });
  }

  /** undefined until the first answer. */
  get value(): T | undefined {
    this.#subscribe();
    return this.#value;
  }

  /** False while `value` is only a part, or nothing yet. */
  get whole(): boolean {
    this.#subscribe();
    return this.#whole;
  }

  /** The browser does not give its storage: what is shown may be old. */
  get failed(): boolean {
    this.#subscribe();
    return this.#failed;
  }
}
