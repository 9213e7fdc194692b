/** Databases as earlier programs left them, on both engines; and what a database is made of, to compare two. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql, SqliteDialect } from 'kysely';
import type { Address } from '#lib/server/db/address.ts';
import { engineOf, type Engine, type Trx } from '#lib/server/db/dialect.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { nodeSqlite } from '#lib/server/db/node-sqlite.ts';
import { openPool } from '#lib/server/db/postgres-pool.ts';
import type { Schema } from '#lib/server/db/schema.ts';
import type { Rows } from './old-rows/rows.ts';
import { temporaryDatabase, type TemporaryDatabase } from './temporary-database.ts';

export interface BlankDatabase extends AsyncDisposable {
  address: Address;
}

export interface BlankDatabases {
  take(): Promise<BlankDatabase>;
  remove(): Promise<void>;
}

/** Databases without a table. One that was given back is emptied and given out again: making one takes PostgreSQL long. */
export function blankDatabases(engine: Engine): BlankDatabases {
  if (engine === 'sqlite') {
    const directory = mkdtempSync(join(tmpdir(), 'jinban-old-'));
    return {
      take: async () => ({
        address: { path: join(mkdtempSync(join(directory, 'one-')), 'jinban.db') },
        [Symbol.asyncDispose]: async () => undefined,
      }),
      remove: async () => rmSync(directory, { recursive: true, force: true }),
    };
  }
  const free: TemporaryDatabase[] = [];
  return {
    async take() {
      const made = free.pop() ?? (await temporaryDatabase());
      const address = { databaseUrl: made.url };
      return {
        address,
        async [Symbol.asyncDispose]() {
          await untouched(address, (trx) => sql`drop schema public cascade`.execute(trx));
          await untouched(address, (trx) => sql`create schema public`.execute(trx));
          free.push(made);
        },
      };
    },
    async remove() {
      for (const made of free) await made[Symbol.asyncDispose]();
    },
  };
}

/** Works on a database as it is, without bringing it up to this program. */
export async function untouched<T>(address: Address, work: (trx: Trx) => Promise<T>): Promise<T> {
  const dialect =
    'path' in address
      ? new SqliteDialect({ database: async () => nodeSqlite(address.path, 'writer') })
      : new PostgresDialect({ pool: openPool(address.databaseUrl, 'migrating') });
  const db = new Kysely<Schema>({ dialect });
  try {
    return await db.transaction().execute(work);
  } finally {
    await db.destroy();
  }
}

/** The first `steps` steps of the migration, and these rows. */
export const buildOld = (address: Address, steps: number, rows: Rows): Promise<void> =>
  untouched(address, async (trx) => {
    await migrate(trx, steps);
    // every database is born with one of its own
    await trx.deleteFrom('lineage').execute();
    for (const [table, values] of Object.entries(rows)) {
      await trx
        .insertInto(table as 'county')
        .values(values as never)
        .execute();
    }
  });

/** Tables but the migration's own, with their columns. */
export async function tablesOf(trx: Trx): Promise<Map<string, string[]>> {
  const tables = await trx.introspection.getTables();
  return new Map(
    tables
      .filter(({ name }) => name !== 'migration')
      .map(({ name, columns }) => [name, columns.map((column) => column.name)]),
  );
}

/** All that is in it, with the columns that its tables have. */
export async function everyRow(
  trx: Trx,
): Promise<Map<string, { columns: string[]; all: Record<string, unknown>[] }>> {
  const found = new Map<string, { columns: string[]; all: Record<string, unknown>[] }>();
  for (const [table, columns] of await tablesOf(trx)) {
    const rows = await trx
      .selectFrom(table as 'county')
      .selectAll()
      .execute();
    found.set(table, { columns, all: rows.map(plain) });
  }
  return found;
}

/** Bytes as a list of numbers, whatever an engine gives for them. */
export const plain = (row: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value instanceof Uint8Array ? [...value] : value]),
  );

/** Every table, column, key and index in the engine's own words. */
export async function shapeOf(trx: Trx): Promise<string[]> {
  if (engineOf(trx) === 'sqlite') {
    const { rows } = await sql<{ line: string }>`
      select name || ' ' || sql as line from sqlite_master where sql is not null order by name`.execute(trx);
    return rows.map(({ line }) => line);
  }
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = current_schema
    union all select indexdef from pg_indexes where schemaname = current_schema
    union all select concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = current_schema::regnamespace
    order by line`.execute(trx);
  return rows.map(({ line }) => line);
}
