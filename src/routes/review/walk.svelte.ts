/**
 * The order in which somebody goes through a queue: kept as it was when they opened it, because a case that was dealt with
 * leaves the queue and 下一件 must still be the next one.
 */
class Walk {
  ids = $state.raw<readonly string[]>([]);
  /** Where it began: the queue's address, for 队列. */
  from = $state('/review');

  start(ids: readonly string[], from: string): void {
    this.ids = ids;
    this.from = from;
  }

  /** Counted from 1; 0 when the case is not in it. */
  placeOf(id: string): number {
    return this.ids.indexOf(id) + 1;
  }

  /** The case `step` further; undefined at the end. */
  beside(id: string, step: 1 | -1): string | undefined {
    const at = this.ids.indexOf(id);
    return at < 0 ? undefined : this.ids[at + step];
  }
}

export const walk = new Walk();
