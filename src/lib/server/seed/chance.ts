/** Chance that can be repeated: the same seed gives the same form and the same city, so that a failure names it and comes again. */
export interface Chance {
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of them, as often as its weight says. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** True with that share (0 to 1). */
  happens(share: number): boolean;
  shuffle<T>(list: readonly T[]): T[];
  bytes(length: number): Uint8Array;
  /** A chance of its own: what one thing draws does not change what the next one gets. */
  apart(): Chance;
}

/** mulberry32 */
export function chance(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    whole,
    happens: (share) => next() < share,
    pick(list) {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[whole(0, list.length - 1)]!;
    },
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of list) {
        left -= weight;
        if (left < 0) return one;
      }
      const last = list.at(-1);
      if (last === undefined) throw new RangeError('nothing to pick from');
      return last[0];
    },
    shuffle(list) {
      const rest = [...list];
      for (let i = rest.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [rest[i], rest[j]] = [rest[j]!, rest[i]!];
      }
      return rest;
    },
    bytes: (length) => Uint8Array.from({ length }, () => whole(0, 255)),
    apart: () => chance(whole(0, 0x7fffffff)),
  };
}
