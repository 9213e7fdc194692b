/**
 * A limit in working days, which is what the clocks of a station count. The unit of the law stays in the sheet; the
 * conversion is this project's own (seed/data/README.md): 60 calendar days are 40 working days.
 */
import type { TimeLimit } from './sheet.ts';

const OF_ONE: Readonly<Record<TimeLimit['unit'], number>> = {
  工作日: 1,
  自然日: 2 / 3,
  小时: 1 / 24,
  月: 20,
  年: 240,
};

/** Whole working days, never fewer than the limit gives; 0 where none is known, as an item has it. */
export const workingDays = ({ amount, unit }: TimeLimit): number =>
  amount === null ? 0 : Math.ceil(amount * OF_ONE[unit] - 1e-9);
