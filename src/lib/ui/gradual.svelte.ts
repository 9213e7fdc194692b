/**
 * Draws rows a few at a time (turns.ts), so that an old PC answers keys in between and shows the first at once. Make one
 * while the component is set up. Invariant: what was drawn once is drawn at once until `scope` changes.
 */
import { inTurn, nextPlace } from './turns.ts';

interface Steps {
  /** So many at each turn; how many turns a frame has is up to the machine. */
  step?: number;
  /** So many with the rest of the page. */
  first?: number;
  /** So many at once of another scope: its list is not empty for a moment. */
  anew?: number;
}

export class Gradual {
  #scope: () => unknown;
  #first: number;
  #anew: number;
  #drawn = $state.raw<{ scope: unknown; count: number } | null>(null);

  /** `scope`: another value begins at the first rows again. `total`: as many as there are to draw. */
  constructor(
    scope: () => unknown,
    total: () => number,
    { step = 2, first = 0, anew = Math.max(first, 4) }: Steps = {},
  ) {
    this.#scope = scope;
    this.#first = first;
    this.#anew = anew;
    const place = nextPlace();
    $effect(() => {
      if (this.count >= total()) return;
      return inTurn(place, () => {
        this.#drawn = { scope: scope(), count: this.count + step };
      });
    });
  }

  /** So many rows may be drawn now. */
  get count(): number {
    if (this.#drawn === null) return this.#first;
    return this.#drawn.scope === this.#scope() ? this.#drawn.count : this.#anew;
  }
}
