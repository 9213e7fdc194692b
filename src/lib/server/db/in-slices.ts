/** Many rows in a few statements: an engine takes 32,766 values a statement at most. */

/** Rows of one statement; fits for tables of up to 60 columns. */
const ROWS = 500;

export async function inSlices<T>(
  rows: readonly T[],
  insert: (slice: T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) await insert(rows.slice(at, at + ROWS));
}
