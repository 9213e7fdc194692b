/**
 * Whose bytes go: one photo's at a time, first come first served, for of two that a break meets both would have to be asked
 * about. Whoever has the turn may give it back before the answer is here, so that the line never waits for one.
 */
export interface PhotoTurns {
  /** Resolves with how to give the turn back, which may be done twice; null: nobody gets it any more. */
  take(): Promise<(() => void) | null>;
  /** Whoever waits goes away; whoever has it goes on. */
  close(): void;
  readonly closed: boolean;
}

export function createPhotoTurns(): PhotoTurns {
  let closed = false;
  let held: symbol | null = null;
  const waiting: (() => void)[] = [];
  return {
    get closed() {
      return closed;
    },
    async take() {
      while (held !== null && !closed) await new Promise<void>((resolve) => waiting.push(resolve));
      if (closed) return null;
      const mine = (held = Symbol());
      return () => {
        if (held !== mine) return;
        held = null;
        waiting.shift()?.();
      };
    },
    close() {
      closed = true;
      for (const wake of waiting.splice(0)) wake();
    },
  };
}
