/**
 * The one place that knows which engine it talks to. Everything else is written in the subset that both understand.
 */
import { PostgresAdapter, sql, type Kysely, type SelectQueryBuilder, type Transaction } from 'kysely';
import { command } from './direct.ts';
import { TransactionLost } from './engine-faults.ts';
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

/** The same, but passes over rows that somebody else holds now. */
export function lockFreeRows<TB extends keyof Schema, O>(
  trx: Trx,
  query: SelectQueryBuilder<Schema, TB, O>,
): SelectQueryBuilder<Schema, TB, O> {
  return engineOf(trx) === 'postgres' ? query.forUpdate().skipLocked() : query;
}

/** Named locks of the whole office, held until the transaction ends, also when it ends with its process. */
const LOCKS = {
  migration: 4_105_001,
  audit: 4_105_002,
  foundation: 4_105_003,
  sweep: 4_105_004,
  guesses: 4_105_005,
} as const;
type OfficeLock = keyof typeof LOCKS;

/** Waits for the lock. */
export async function lockOffice(trx: Trx, name: OfficeLock): Promise<void> {
  if (engineOf(trx) === 'postgres') await sql`select pg_advisory_xact_lock(${LOCKS[name]})`.execute(trx);
}

/** Takes the lock if it is free; false when another transaction has it, in this process or in another. */
export async function tryLockOffice(trx: Trx, name: OfficeLock): Promise<boolean> {
  if (engineOf(trx) !== 'postgres') return true;
  const { rows } = await sql<{
    got: boolean;
  }>`select pg_try_advisory_xact_lock(${LOCKS[name]}) as got`.execute(trx);
  return rows[0]?.got === true;
}

/** Column type for bytes. */
export const bytesType = (db: Kysely<Schema>) => (engineOf(db) === 'postgres' ? sql`bytea` : sql`blob`);

/**
 * Runs work under a savepoint of its own: when it throws, what it did is undone, the transaction goes on, and the
 * error is thrown on.
 * @throws TransactionLost when it could not be undone alone
 */
export async function savepoint<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  await command(trx, 'savepoint one');
  try {
    const result = await work();
    await command(trx, 'release savepoint one');
    return result;
  } catch (error) {
    try {
      await command(trx, 'rollback to savepoint one');
      await command(trx, 'release savepoint one');
    } catch {
      throw new TransactionLost('the transaction did not survive', { cause: error });
    }
    throw error;
  }
}
