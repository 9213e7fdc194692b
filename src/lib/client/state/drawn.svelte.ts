/**
 * How many rows of a long list are drawn: a few with each frame, after what stands around the list, so that an old PC
 * answers keys while it draws. Another list begins with the first few.
 */

import { untrack } from 'svelte';

const STEP = 10;

/** Make one while a component is set up. */
export class Drawn {
  #list: () => unknown;
  /** The list that `#count` is of. */
  #of = $state.raw<unknown>();
  #count = $state(0);

  /** `list` says by another value that it is another list; `most` is how many rows it has to show. */
  constructor(list: () => unknown, most: () => number) {
    this.#list = list;
    $effect(() => {
      const now = list();
      untrack(() => {
        if (this.#of !== undefined) this.#count = STEP;
        this.#of = now;
      });
    });
    $effect(() => {
      if (this.#count >= most()) return;
      const frame = requestAnimationFrame(() => (this.#count += STEP));
      return () => cancelAnimationFrame(frame);
    });
  }

  get count(): number {
    if (this.#of === undefined) return 0;
    // asked before the effect has seen the other list: it must not be drawn as far as the one before
    return this.#of === this.#list() ? this.#count : STEP;
  }
}
