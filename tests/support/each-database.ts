/**
 * Runs a suite on every database there is: SQLite in a directory of its own, and PostgreSQL in a schema of its own when
 * TEST_DATABASE_URL names a server. Each test gets an empty database; all are removed afterwards.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe } from 'vitest';
import { openStore, type Store } from '#lib/server/db/store.ts';

export interface Database {
  engine: 'sqlite' | 'postgres';
  /** Opens an empty database, at most one at a time. */
  open(): Promise<Store>;
}

interface Engine {
  open(): Promise<Store>;
  /** After each test, once its store is closed. */
  empty(): Promise<void>;
  remove(): Promise<void>;
}

const server = process.env.TEST_DATABASE_URL;
if (!server) console.info('TEST_DATABASE_URL is not set: PostgreSQL takes no part');

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

async function ask(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A schema is made once for a suite, and its rows are removed after each test. */
function postgres(): Engine {
  const schema = `jinban_${randomBytes(8).toString('hex')}`;
  const url = new URL(server ?? '');
  // an empty database that is thrown away need not survive a power cut
  url.searchParams.set('options', `-csearch_path=${schema} -csynchronous_commit=off`);
  let made: Promise<void> | undefined;
  return {
    async open() {
      made ??= ask(`create schema ${schema}`);
      await made;
      return openStore({ databaseUrl: url.href });
    },
    empty: () =>
      ask(
        'set synchronous_commit = off',
        // rows go in any order; only the steps of the migration stay
        'set session_replication_role = replica',
        `do $$ declare one text; begin
           for one in select tablename from pg_tables where schemaname = '${schema}' and tablename <> 'migration'
           loop execute format('delete from ${schema}.%I', one); end loop;
         end $$`,
      ),
    remove: () => ask(`drop schema if exists ${schema} cascade`),
  };
}

/** `suite` is called once for each engine, inside a describe that names it. */
export function eachDatabase(name: string, suite: (database: Database) => void): void {
  for (const engine of server ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)) {
    describe(`${name} [${engine}]`, () => {
      const { open, empty, remove } = engine === 'sqlite' ? sqlite() : postgres();
      let store: Store | null = null;
      suite({ engine, open: async () => (store = await open()) });
      afterEach(async () => {
        if (store === null) return;
        await store.destroy();
        store = null;
        await empty();
      });
      afterAll(remove);
    });
  }
}
