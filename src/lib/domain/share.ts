/**
 * A share of a whole, kept as the two numbers it is made of, so that whoever prints it can print both. Percent is worked
 * out in whole numbers: 0.9395… never becomes 94.0 or 93.9 by the accident of a binary fraction.
 */

/** `whole` 0: there is nothing to take a share of. */
export interface Share {
  part: number;
  whole: number;
}

/** For drawing: 0 to 100, and 0 where there is no whole. */
export const percentOf = ({ part, whole }: Share): number => (whole === 0 ? 0 : (part / whole) * 100);

/** `95.05%`, half rounded up (half away from zero below it); `–` where there is no whole. Whole numbers only. */
export const percentText = (share: Share, digits = 2): string => written(share, digits, 'round');

/** The same with the further digits cut off, as some reports print it: 93.958 is 93.9. */
export const percentCut = (share: Share, digits = 2): string => written(share, digits, 'cut');

function written({ part, whole }: Share, digits: number, how: 'round' | 'cut'): string {
  if (whole === 0) return '–';
  const [over, under] = [BigInt(part), BigInt(whole)];
  const negative = over < 0n !== under < 0n && over !== 0n;
  const scaled = 100n * 10n ** BigInt(digits) * magnitude(over);
  const double = 2n * scaled + (how === 'round' ? magnitude(under) : 0n);
  const figures = (double / (2n * magnitude(under))).toString().padStart(digits + 1, '0');
  const cut = figures.length - digits;
  const number = digits === 0 ? figures : `${figures.slice(0, cut)}.${figures.slice(cut)}`;
  return `${negative && /[1-9]/.test(number) ? '-' : ''}${number}%`;
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
