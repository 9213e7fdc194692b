import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentCut, percentOf, percentText } from './share.ts';

test.each([
  [1672, 2185, 1, '76.5%', '76.5%'],
  [2053, 2185, 1, '94.0%', '93.9%'],
  [1, 3, 2, '33.33%', '33.33%'],
  [2, 3, 2, '66.67%', '66.66%'],
  [1, 8, 2, '12.50%', '12.50%'],
  [1, 200, 0, '1%', '0%'],
  [1, 1, 2, '100.00%', '100.00%'],
  [0, 7, 2, '0.00%', '0.00%'],
  [-1, 3, 1, '-33.3%', '-33.3%'],
  [-1, 100_000, 1, '0.0%', '0.0%'],
])('%d of %d to %d digits is %s, cut %s', (part, whole, digits, rounded, cut) => {
  expect(percentText({ part, whole }, digits)).toBe(rounded);
  expect(percentCut({ part, whole }, digits)).toBe(cut);
});

test('a share of nothing is no number', () => {
  expect(percentText({ part: 0, whole: 0 })).toBe('–');
  expect(percentOf({ part: 0, whole: 0 })).toBe(0);
});

test('what is printed is never further off than half a unit of its last digit; what is cut is never too much', () => {
  const shares = fc
    .record({ whole: fc.integer({ min: 1, max: 1_000_000 }), of: fc.integer({ min: 0, max: 1_000_000 }) })
    .map(({ whole, of }) => ({ part: of % (whole + 1), whole }));
  fc.assert(
    fc.property(shares, fc.integer({ min: 0, max: 3 }), (share, digits) => {
      const unit = 10 ** -digits;
      const exact = percentOf(share);
      const read = (text: string) => Number(text.replace('%', ''));
      expect(Math.abs(read(percentText(share, digits)) - exact)).toBeLessThanOrEqual(unit / 2 + 1e-9);
      const left = exact - read(percentCut(share, digits));
      expect(left).toBeGreaterThan(-1e-9);
      expect(left).toBeLessThan(unit + 1e-9);
    }),
  );
});
