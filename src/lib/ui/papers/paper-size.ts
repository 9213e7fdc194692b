/**
 * The sizes that papers are printed in, and the rule that tells the printer. Margin 0: with no margin of its own the
 * browser prints no address and date at the edges; the paper brings its margins along, on every page (PaperSheet.svelte).
 * One size a print: named pages (`@page a5`) come out with blank sheets between them on Chromium 109.
 */

/** A4; A4 cut in half (210 × 148 mm); the 80 mm roll, as long as what is on it. */
export const PAPER_SIZES = ['a4', 'a5', 'roll'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

export const SIZE_NAMES: Record<PaperSize, string> = {
  a4: 'A4',
  a5: 'A4 半张（A5）',
  roll: '80 mm 小票',
};
/** What to put into the printer. */
export const SIZE_NOTES: Record<PaperSize, string> = {
  a4: 'A4 纸，210 × 297 mm，竖放',
  a5: 'A4 裁成半张，或 A5 纸横放，210 × 148 mm',
  roll: '热敏卷纸，宽 80 mm，长短随内容',
};

const MM_PER_PX = 25.4 / 96;
const SHORTEST_MM = 60;
/** Lines come out a hair taller in print than on the screen; a last line on a piece of its own would be a waste. */
const ROLL_SLACK = 1.005;

/** `@page` for what is printed; `contentPx`: height of the longest paper, which only the roll goes by. */
export function pageRule(size: PaperSize, contentPx = 0): string {
  const length = Math.max(SHORTEST_MM, Math.ceil(contentPx * MM_PER_PX * ROLL_SLACK) + 1);
  const sheets: Record<PaperSize, string> = {
    a4: '210mm 297mm',
    a5: '210mm 148mm',
    roll: `80mm ${length}mm`,
  };
  return `@page { size: ${sheets[size]}; margin: 0; }`;
}
