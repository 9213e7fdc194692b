/**
 * How many rows of a long list are drawn: a few with each frame, after what stands around the list, so that an old PC
 * answers keys while it draws.
 */

const STEP = 10;

/** Make one while a component is set up. */
export class Drawn {
  #count = $state(0);

  /** `list` and `most`: read in an effect; another list begins anew. */
  constructor(list: () => unknown, most: () => number) {
    $effect(() => {
      void list();
      this.#count = 0;
    });
    $effect(() => {
      if (this.#count >= most()) return;
      const frame = requestAnimationFrame(() => (this.#count += STEP));
      return () => cancelAnimationFrame(frame);
    });
  }

  get count(): number {
    return this.#count;
  }
}
