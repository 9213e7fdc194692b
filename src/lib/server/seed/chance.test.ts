import { expect, test } from 'vitest';
import { chance } from './chance.ts';

test('the same seed draws the same, another seed something else', () => {
  const draw = (seed: number) => Array.from({ length: 20 }, () => chance(seed).whole(0, 1000));
  expect(draw(7)).toEqual(draw(7));
  const many = (seed: number) => {
    const luck = chance(seed);
    return Array.from({ length: 20 }, () => luck.whole(0, 1000));
  };
  expect(many(7)).not.toEqual(many(8));
});

test('weights are kept, and what weighs nothing never comes', () => {
  const luck = chance(1);
  const drawn = Array.from({ length: 4000 }, () =>
    luck.weighted([
      ['often', 3],
      ['seldom', 1],
      ['never', 0],
    ] as const),
  );
  const share = (what: string) => drawn.filter((one) => one === what).length / drawn.length;
  expect(share('often')).toBeGreaterThan(0.72);
  expect(share('often')).toBeLessThan(0.78);
  expect(share('never')).toBe(0);
});

test('what one thing draws does not change what the next one gets', () => {
  const nexts = (draws: number) => {
    const luck = chance(5);
    const first = luck.apart();
    for (let n = 0; n < draws; n++) first.whole(0, 9);
    return luck.apart().whole(0, 1_000_000);
  };
  expect(nexts(1)).toBe(nexts(50));
});

test('nothing can be picked from nothing', () => {
  expect(() => chance(1).pick([])).toThrow(RangeError);
  expect(() => chance(1).weighted([])).toThrow(RangeError);
});
