/** A promise that was broken: the invariant (docs/protocol.md, Invariants) and what was seen. */
export class Violation extends Error {
  override name = 'Violation';
  readonly invariant: string;

  constructor(invariant: string, what: string) {
    super(`${invariant}: ${what}`);
    this.invariant = invariant;
  }
}

export function object(invariant: string, what: string): never {
  throw new Violation(invariant, what);
}
