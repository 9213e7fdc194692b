/** A signature as a pen leaves it: `sampleDraft` signs with three points. */
import type { Signature } from '#lib/domain/commands.ts';
import type { Chance } from '#lib/server/seed/chance.ts';

export function penned(signature: Signature, luck: Chance): Signature {
  if (signature.kind !== 'drawn') return signature;
  const stroke = (): number[] => {
    let [x, y] = [luck.whole(5, 250), luck.whole(5, 100)];
    return Array.from({ length: luck.whole(15, 40) }, () => {
      [x, y] = [x + luck.whole(-6, 9), y + luck.whole(-7, 7)];
      return [x, y];
    }).flat();
  };
  return { ...signature, strokes: [stroke(), stroke(), stroke()] };
}
