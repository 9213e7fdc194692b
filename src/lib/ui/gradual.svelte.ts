/**
 * Draws rows a few a frame, so that an old PC answers keys in between and shows the first at once. Make one while the
 * component is set up. Invariant: what was drawn once is drawn at once until `scope` changes.
 */
export class Gradual {
  #scope: () => string;
  #step: number;
  #drawn = $state.raw({ scope: '', count: 0 });

  /** `scope`: another one begins at the first rows again. `total`: as many as there are to draw. */
  constructor(scope: () => string, total: () => number, step: number) {
    this.#scope = scope;
    this.#step = step;
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
    return this.#drawn.scope === this.#scope() ? this.#drawn.count : this.#step;
  }
}
