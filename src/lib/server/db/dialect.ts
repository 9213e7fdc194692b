/**
 * The one place that knows which engine it talks to. Everything else is written in the subset that both understand.
 */
import { PostgresAdapter, sql, type Kysely, type SelectQueryBuilder, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';
/** What a work is given: the only way to the database inside it. */
export type Trx = Transaction<Schema>;

export const engineOf = (db: Kysely<Schema>): Engine =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';

/** Locks the rows of a query until the transaction ends. SQLite has one writer, which holds them all. */
export function lockRows<TB extends keyof Schema, O>(
  trx: Trx,
  query: SelectQueryBuilder<Schema, TB, O>,
): SelectQueryBuilder<Schema, TB, O> {
  return engineOf(trx) === 'postgres' ? query.forUpdate() : query;
}

/** Named locks of the whole office, held until the transaction ends. */
const LOCKS = { migration: 4_105_001, audit: 4_105_002 } as const;

export async function lockOffice(trx: Trx, name: keyof typeof LOCKS): Promise<void> {
  if (engineOf(trx) === 'postgres') await sql`select pg_advisory_xact_lock(${LOCKS[name]})`.execute(trx);
}

/** Column type for bytes. */
export const bytesType = (db: Kysely<Schema>) => (engineOf(db) === 'postgres' ? sql`bytea` : sql`blob`);

/** PostgreSQL gave this transaction up for another: a deadlock, a serialisation failure. The whole of it is run again. */
export function isDeadlock(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '40001' || code === '40P01';
}

/** Also two inserts of one key at once: the second look sees the first one's row. */
export const isWorthRepeating = (error: unknown): boolean =>
  isDeadlock(error) || (error as { code?: unknown } | null)?.code === '23505';

/** The transaction is gone as a whole (a full disk, say): nothing in it counts, not even what had succeeded. */
export class TransactionLost extends Error {
  override name = 'TransactionLost';
}

/**
 * Runs work under a savepoint of its own: when it throws, what it did is undone, the transaction goes on, and the
 * error is thrown on.
 * @throws TransactionLost when it could not be undone alone
 */
export async function savepoint<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint one`.execute(trx);
  try {
    const result = await work();
    await sql`release savepoint one`.execute(trx);
    return result;
  } catch (error) {
    try {
      await sql`rollback to savepoint one`.execute(trx);
      await sql`release savepoint one`.execute(trx);
    } catch {
      throw new TransactionLost('the transaction did not survive', { cause: error });
    }
    throw error;
  }
}
