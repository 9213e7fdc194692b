/**
 * A PostgreSQL database for a test, on the server of TEST_DATABASE_URL: empty, named jinban_test_…, gone afterwards. Its
 * maker holds a lock by its name as long as it lives, so what a crash left behind is told from what is in use, also by
 * other machines, and is removed when the next one is made.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const testServer = process.env.TEST_DATABASE_URL;
const PREFIX = 'jinban_test_';

export interface TemporaryDatabase extends AsyncDisposable {
  /** For openStore and DATABASE_URL. */
  url: string;
  name: string;
}

const lockKey = 'hashtextextended($1, 4105)';

/** Removes the databases whose makers are gone; returns their names. */
export async function removeAbandoned(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1) order by datname',
    [PREFIX],
  );
  const removed: string[] = [];
  for (const { name } of rows) {
    const { rows: locks } = await client.query<{ free: boolean }>(
      `select pg_try_advisory_lock(${lockKey}) as free`,
      [name],
    );
    if (!locks[0]?.free) continue;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`select pg_advisory_unlock(${lockKey})`, [name]);
    removed.push(name);
  }
  return removed;
}

let cleaned: Promise<string[]> | undefined;

/** @throws when TEST_DATABASE_URL is not set. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  if (!testServer) throw new Error('TEST_DATABASE_URL is not set');
  const name = `${PREFIX}${randomBytes(6).toString('hex')}`;
  const maker = new pg.Client({ connectionString: testServer });
  maker.on('error', () => undefined);
  await maker.connect();
  cleaned ??= removeAbandoned(maker);
  await cleaned;
  await maker.query(`select pg_advisory_lock(${lockKey})`, [name]);
  // nobody is ever connected to template0, so this waits for nobody
  await maker.query(`create database ${name} template template0`);
  const url = new URL(testServer);
  url.pathname = `/${name}`;
  // an empty database that is thrown away need not survive a power cut
  url.searchParams.set('options', '-csynchronous_commit=off');
  return {
    name,
    url: url.href,
    async [Symbol.asyncDispose]() {
      await maker.query(`drop database if exists ${name} with (force)`);
      await maker.end();
    },
  };
}
