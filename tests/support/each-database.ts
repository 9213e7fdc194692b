/**
 * Runs a suite on every database there is: SQLite in a directory of its own, and PostgreSQL in a database of its own when
 * TEST_DATABASE_URL names a server. Each test gets an empty one; all are removed afterwards.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe } from 'vitest';
import { openStore, type Store } from '#lib/server/db/store.ts';
import { temporaryDatabase, testServer, type TemporaryDatabase } from './temporary-database.ts';

export interface Database {
  engine: 'sqlite' | 'postgres';
  /** Opens an empty database, once a test. */
  open(): Promise<Store>;
}

export interface SharedDatabase extends Database {
  /** Opens the test's database once more, as another process would. */
  openBeside(): Promise<Store>;
  url(): Promise<string>;
}

interface Engine {
  open(): Promise<Store>;
  /** After each test, once its stores are closed. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

if (!testServer) console.info('TEST_DATABASE_URL is not set: PostgreSQL takes no part');

/** A migrated file is made once for a suite and copied for each test. */
function sqlite(): Engine {
  const directory = mkdtempSync(join(tmpdir(), 'jinban-db-'));
  const template = join(directory, 'template.db');
  let made: Promise<void> | undefined;
  let test = '';
  return {
    async open() {
      // closed, it has its journal in itself
      made ??= openStore({ path: template }).then((store) => store.destroy());
      await made;
      test = mkdtempSync(join(directory, 'test-'));
      copyFileSync(template, join(test, 'jinban.db'));
      return openStore({ path: join(test, 'jinban.db') });
    },
    empty: async () => rmSync(test, { recursive: true, force: true }),
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Rows go in any order; only the steps of the migration stay. */
const EMPTY = `
  set synchronous_commit = off;
  set session_replication_role = replica;
  do $$ declare one text; begin
    for one in select tablename from pg_tables where schemaname = current_schema and tablename <> 'migration'
    loop execute format('delete from %I', one); end loop;
  end $$`;

/** A database is made once for a suite, and its rows are removed after each test. */
function postgres(): Engine & { url(): Promise<string> } {
  let made: Promise<TemporaryDatabase> | undefined;
  const url = async (): Promise<string> => (await (made ??= temporaryDatabase())).url;
  return {
    url,
    open: async () => openStore({ databaseUrl: await url() }),
    async empty() {
      const client = new pg.Client({ connectionString: await url() });
      await client.connect();
      await client.query(EMPTY).finally(() => client.end());
    },
    remove: async () => (await made)?.[Symbol.asyncDispose](),
  };
}

/** Closes what a test has opened, and empties the database. */
function closing({ empty, remove }: Engine): <S extends Store>(store: S) => S {
  const stores: Store[] = [];
  afterEach(async () => {
    if (stores.length === 0) return;
    for (const store of stores.splice(0)) await store.destroy();
    await empty();
  });
  afterAll(remove);
  return (store) => {
    stores.push(store);
    return store;
  };
}

/** `suite` is called once for each engine, inside a describe that names it. */
export function eachDatabase(name: string, suite: (database: Database) => void): void {
  for (const engine of testServer ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)) {
    describe(`${name} [${engine}]`, () => {
      const made = engine === 'sqlite' ? sqlite() : postgres();
      const kept = closing(made);
      suite({ engine, open: async () => kept(await made.open()) });
    });
  }
}

/** For what only several processes on one database can show. In files `*.postgres.db.test.ts`, which vite.config.ts picks. */
export function onPostgres(name: string, suite: (database: SharedDatabase) => void): void {
  describe(`${name} [postgres]`, () => {
    const made = postgres();
    const kept = closing(made);
    const open = async () => kept(await made.open());
    suite({ engine: 'postgres', open, openBeside: open, url: made.url });
  });
}
