/** Chance that follows from a number: the same seed decides the same, on every machine. Nothing else here is random. */
export interface Luck {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number from 0 to `n` − 1. */
  below(n: number): number;
  happens(probability: number): boolean;
  /** @throws on an empty list */
  pick<T>(list: readonly T[]): T;
}

/** mulberry32 */
export function luckOf(seed: number): Luck {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)]!;
    },
  };
}
