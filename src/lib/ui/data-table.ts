/** What a DataTable is told: its columns, and which rows are ticked. */
import type { Snippet } from 'svelte';

export interface Column<Row> {
  key: string;
  head: string;
  /** The cell as text; or `cell` draws it. */
  text?: ((row: Row) => string) | undefined;
  cell?: Snippet<[Row]> | undefined;
  /** The cell that names the row; gets the row's link. */
  names?: boolean | undefined;
  /** Figures, to the right. */
  end?: boolean | undefined;
  nowrap?: boolean | undefined;
  /** Short as a rule, and then on one line; what is long wraps and leaves the other columns their room. */
  short?: boolean | undefined;
  /** Left out on tablets. */
  extra?: boolean | undefined;
  sort?: 'ascending' | 'descending' | 'none' | undefined;
  onsort?: (() => void) | undefined;
}

/** Ticking rows: what is ticked, what to do when a tick changes, how a row is named. */
export interface Selection<Row> {
  has: (row: Row) => boolean;
  set: (row: Row, on: boolean) => void;
  name: (row: Row) => string;
}
