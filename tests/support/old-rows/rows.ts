/** Rows by table, tables in an order in which they may refer to each other. */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
