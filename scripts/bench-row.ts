/** What a benchmark of tests/bench/*.bench.ts exports: `run`, which measures and returns rows. */
export interface Row {
  /** what was measured, as a reader would say it */
  measure: string;
  value: number;
  /** ms, KB, /s … */
  unit: string;
  /** the value must not exceed this, in the same unit */
  atMost?: number;
  /** the value must not fall below this, in the same unit */
  atLeast?: number;
}

export interface Benchmark {
  run: () => Promise<Row[]>;
}

export const withinBudget = ({ value, atMost = Infinity, atLeast = -Infinity }: Row): boolean =>
  value <= atMost && value >= atLeast;
