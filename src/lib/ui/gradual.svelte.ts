/**
 * Draws rows a few a frame, so that an old PC answers keys in between and shows the first at once. Make one while the
 * component is set up. Invariant: what was drawn once is drawn at once until `scope` changes.
 */
import { flushSync } from 'svelte';

export class Gradual {
  #scope: () => string;
  #first: number;
  #drawn = $state.raw<{ scope: string; count: number } | null>(null);

  /**
   * `scope`: another one begins at the first rows again. `total`: as many as there are to draw. `first`: so many with the
   * rest of the page.
   */
  constructor(scope: () => string, total: () => number, step: number, first = step) {
    this.#scope = scope;
    this.#first = first;
    $effect(() => {
      if (this.count >= total()) return;
      const frame = requestAnimationFrame(() => {
        this.#drawn = { scope: scope(), count: this.count + step };
      });
      return () => cancelAnimationFrame(frame);
    });
  }

  /** So many rows may be drawn now. */
  get count(): number {
    return this.#drawn?.scope === this.#scope() ? this.#drawn.count : this.#first;
  }

  /** Draws `total` now: what is printed is whole. */
  finish(total: number): void {
    flushSync(() => {
      this.#drawn = { scope: this.#scope(), count: total };
    });
  }
}
