/**
 * Runs a suite on every database there is: SQLite in a directory of its own, and PostgreSQL in a schema of its own when
 * TEST_DATABASE_URL names a server. Each test gets an empty database; all are removed afterwards.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe } from 'vitest';
import { openStore, type Store } from '#lib/server/db/store.ts';

export interface Database {
  engine: 'sqlite' | 'postgres';
  /** Opens an empty database. */
  open(): Promise<Store>;
}

const server = process.env.TEST_DATABASE_URL;
if (!server) console.info('TEST_DATABASE_URL is not set: PostgreSQL takes no part');

async function sqliteStore(after: (undo: () => Promise<void>) => void): Promise<Store> {
  const directory = mkdtempSync(join(tmpdir(), 'jinban-db-'));
  const store = await openStore({ path: join(directory, 'jinban.db') });
  after(async () => {
    await store.destroy();
    rmSync(directory, { recursive: true, force: true });
  });
  return store;
}

async function ask(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function postgresStore(after: (undo: () => Promise<void>) => void): Promise<Store> {
  const schema = `jinban_${randomBytes(8).toString('hex')}`;
  await ask(`create schema ${schema}`);
  const url = new URL(server ?? '');
  // an empty database that is thrown away need not survive a power cut
  url.searchParams.set('options', `-csearch_path=${schema} -csynchronous_commit=off`);
  const store = await openStore({ databaseUrl: url.href });
  after(async () => {
    await store.destroy();
    await ask(`set synchronous_commit = off; drop schema ${schema} cascade`);
  });
  return store;
}

/** `suite` is called once for each engine, inside a describe that names it. */
export function eachDatabase(name: string, suite: (database: Database) => void): void {
  for (const engine of server ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const)) {
    describe(`${name} [${engine}]`, () => {
      const undo: (() => Promise<void>)[] = [];
      afterEach(async () => {
        for (const one of undo.splice(0).reverse()) await one();
      });
      const make = engine === 'sqlite' ? sqliteStore : postgresStore;
      suite({ engine, open: () => make((one) => undo.push(one)) });
    });
  }
}
