/** On which paper a kind is printed where nobody has chosen yet: slips on half a sheet, documents on a whole one. */
import type { PaperKind } from '#lib/domain/papers/paper.ts';
import { PAPER_SIZES, type PaperSize } from '#lib/ui/papers/paper-size.ts';

const SLIPS: readonly PaperKind[] = ['receipt', 'supplement'];

/** `kept`: what was chosen on this device last time; anything else than a size counts as nothing. */
export function usualSize(kind: PaperKind, kept: string | null): PaperSize {
  return PAPER_SIZES.find((size) => size === kept) ?? (SLIPS.includes(kind) ? 'a5' : 'a4');
}
