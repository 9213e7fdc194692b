/**
 * The shortest way to SQLite: a transaction's connection itself. It answers at once, so what stands between a statement
 * and its rows elsewhere (building, compiling, waiting for a connection) would be most of what it costs. Only statements
 * whose text is fixed go this way (prepared.ts); it is the same connection and the same transaction.
 */
import { sql, type SqliteDatabase, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

type Trx = Transaction<Schema>;

const connections = new WeakMap<Trx, SqliteDatabase>();

/** From now on fixed statements of this transaction go straight to its connection. */
export function goDirectly(trx: Trx, connection: SqliteDatabase): void {
  connections.set(trx, connection);
}

export const connectionOf = (trx: Trx): SqliteDatabase | undefined => connections.get(trx);

/** Rows of a statement; none where it gives none. */
export function rowsOf(connection: SqliteDatabase, text: string, values: readonly unknown[]): unknown[] {
  const statement = connection.prepare(text);
  if (statement.reader) return statement.all(values);
  statement.run(values);
  return [];
}

/** Runs a statement without values or rows. */
export async function command(trx: Trx, text: string): Promise<void> {
  const connection = connections.get(trx);
  if (connection) rowsOf(connection, text, []);
  else await sql.raw(text).execute(trx);
}
