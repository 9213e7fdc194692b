/**
 * How many rows of a long list are drawn: the first screen at once, the others a few with each frame, so that an old PC
 * answers keys while it draws.
 */

const FIRST = 12;
const STEP = 12;

/** Make one while a component is set up. */
export class Drawn {
  #count = $state(FIRST);

  /** `list` and `most`: read in an effect; another list begins anew. */
  constructor(list: () => unknown, most: () => number) {
    $effect(() => {
      void list();
      this.#count = FIRST;
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
