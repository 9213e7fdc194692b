/** The tests' own databases: none is left behind, and none is taken from whoever still uses it. */
import pg from 'pg';
import { expect, test } from 'vitest';
import {
  removeAbandoned,
  temporaryDatabase,
  testServer,
} from '../../../../tests/support/temporary-database.ts';

test('a database that a crash left behind on postgres goes at the next start; one in use stays', async () => {
  const client = new pg.Client({ connectionString: testServer ?? '' });
  await client.connect();
  const isThere = async (name: string): Promise<boolean> =>
    (await client.query('select 1 from pg_database where datname = $1', [name])).rowCount === 1;
  const left = `jinban_test_left_${process.pid}`;
  await client.query(`create database ${left} template template0`);
  let name: string;
  {
    await using used = await temporaryDatabase();
    ({ name } = used);
    await removeAbandoned(client);
    expect([await isThere(left), await isThere(name)]).toEqual([false, true]);
  }
  expect(await isThere(name)).toBe(false);
  await client.end();
});
