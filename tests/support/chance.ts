/** Chance that can be repeated: the same seed makes the same form, so that a failure names the seed and comes again. */
export interface Chance {
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with that share (0 to 1). */
  happens(share: number): boolean;
  shuffle<T>(list: readonly T[]): T[];
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
    shuffle(list) {
      const rest = [...list];
      for (let i = rest.length - 1; i > 0; i--) {
        const j = whole(0, i);
        [rest[i], rest[j]] = [rest[j]!, rest[i]!];
      }
      return rest;
    },
  };
}
