/**
 * The office's database: SQLite by default, PostgreSQL when given an address; the same queries on both. Whoever works
 * with it is handed a transaction and nothing else, so nobody can use the database beside the transaction they are in.
 *
 *   const store = await openStore({ path: 'data/jinban.db' });
 *   await store.write((trx) => trx.insertInto('county').values({ … }).execute());
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, SqliteDialect, type PostgresPool, type SqliteDatabase } from 'kysely';
import { whereIs, type Address } from './address.ts';
import type { Engine, Trx } from './dialect.ts';
import { goDirectly } from './direct.ts';
import { isWorthRepeating } from './engine-faults.ts';
import { GroupCommit } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { nodeSqlite } from './node-sqlite.ts';
import type { Schema } from './schema.ts';
import { Turns } from '../turns.ts';
import { explain } from './unusable.ts';

export interface Store {
  readonly engine: Engine;
  /**
   * Runs work in a transaction; resolves once it is committed, undoes it when it throws. The work may run again, so it
   * keeps side effects out, and awaits nothing but the database: on SQLite everybody's writes wait for it.
   * `turn`: works that would wait for one row, by its name. They wait before they have a connection, so that the others
   * of this process find one.
   */
  write<T>(work: (trx: Trx) => Promise<T>, turn?: string): Promise<T>;
  /** Runs work on one state of the database that does not move under it. */
  read<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** The same for a single statement, which sees one state by itself: it needs no transaction. */
  readOne<T>(work: (trx: Trx) => Promise<T>): Promise<T>;
  /** Waits for what has begun, then closes. */
  destroy(): Promise<void>;
}

/** Times that PostgreSQL may ask for a repetition before it is taken for a bug. */
const REPEATS = 12;

// a write inside a write would wait for itself for ever on SQLite; fail at once instead, on both engines
const inside = new AsyncLocalStorage<true>();
function alone<A extends unknown[], R>(run: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  return (...args) => {
    if (inside.getStore()) throw new Error('inside write() or read(): use the trx that was handed in');
    return run(...args);
  };
}
const enter =
  <T>(work: (trx: Trx) => Promise<T>) =>
  (trx: Trx): Promise<T> =>
    inside.run(true, () => work(trx));

/** @throws DatabaseUnusable with words for the person who starts the office. */
export function openStore(address: Address): Promise<Store> {
  return 'databaseUrl' in address ? openPostgres(address.databaseUrl) : openSqlite(address.path);
}

function openSqlite(path: string): Promise<Store> {
  // identity numbers are in it: no other account of the machine reads along
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return sqliteStore((role) => nodeSqlite(path, role));
}

/** @param connect opens the database file, for the one writer and for readers */
export async function sqliteStore(connect: (role: 'writer' | 'reader') => SqliteDatabase): Promise<Store> {
  const writer = sqliteOf(connect('writer'));
  try {
    await writer.db.transaction().execute(migrate);
  } catch (error) {
    await writer.close();
    throw error;
  }
  const reading = readingSqlite(() => connect('reader'));
  const group = new GroupCommit(writer.db);
  return {
    ...reading,
    write: alone((work) => group.write(writer.directly(work))),
    async destroy() {
      await group.idle();
      await reading.destroy();
      await writer.close();
    },
  };
}

/** One connection: Kysely over it, and works that go straight to it. */
function sqliteOf(database: SqliteDatabase) {
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  return {
    db,
    directly:
      <T>(work: (trx: Trx) => Promise<T>) =>
      (trx: Trx): Promise<T> => {
        goDirectly(trx, database);
        return enter(work)(trx);
      },
    // a Kysely that nobody asked anything closes nothing
    close: (): Promise<void> => db.destroy().then(() => database.close()),
  };
}

function readingSqlite(connect: () => SqliteDatabase): Store {
  // a single statement sees what is newest: its connection is never inside a transaction
  const [reader, single] = [sqliteOf(connect()), sqliteOf(connect())];
  // Kysely's own lock of a connection lets the last who asks go before those who wait
  const turns = new Turns();
  return {
    engine: 'sqlite',
    write: writesNothing,
    read: alone((work) => turns.take('', () => reader.db.transaction().execute(reader.directly(work)))),
    readOne: alone((work) => single.directly(work)(single.db as Trx)),
    async destroy() {
      await single.close();
      await reader.close();
    },
  };
}

const writesNothing = (): Promise<never> =>
  Promise.reject(new Error('this thread only reads: the judging thread writes'));

/** The database of an office that another thread has opened, and that this one only reads. */
export async function openReadingStore(address: Address): Promise<Store> {
  if ('path' in address) return readingSqlite(() => nodeSqlite(address.path, 'reader'));
  const { openPool } = await import('./postgres-pool.ts');
  return readingPostgres(kyselyOn(openPool(address.databaseUrl, 'reading')));
}

const readingPostgres = (db: Kysely<Schema>): Store => ({
  engine: 'postgres',
  write: writesNothing,
  read: alone((work) =>
    db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(enter(work)),
  ),
  readOne: alone((work) => enter(work)(db as Trx)),
  destroy: () => db.destroy(),
});

async function openPostgres(databaseUrl: string): Promise<Store> {
  const { openPool, checkEncoding } = await import('./postgres-pool.ts');
  const where = whereIs(databaseUrl);
  const migrating = openPool(databaseUrl, 'migrating');
  try {
    await checkEncoding(migrating, where);
    await kyselyOn(migrating).transaction().execute(migrate);
  } catch (error) {
    throw explain(error, where);
  } finally {
    await migrating.end();
  }
  const db = kyselyOn(openPool(databaseUrl, 'serving'));

  const turns = new Turns();
  async function attempt<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await db.transaction().setIsolationLevel('read committed').execute(enter(work));
      } catch (error) {
        if (!isWorthRepeating(error) || tries === REPEATS) throw error;
        await wait(Math.random() * 10 * tries);
      }
    }
  }
  return {
    ...readingPostgres(db),
    write: alone((work, turn) =>
      turn === undefined ? attempt(work) : turns.take(turn, () => attempt(work)),
    ),
  };
}

const kyselyOn = (pool: PostgresPool): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
