/**
 * Prints the address of the PostgreSQL that tests may use: TEST_DATABASE_URL, or the server on 127.0.0.1 with
 * trust authentication, as the first role of the usual ones that may create databases. Exits 1 when there is
 * none. Used by .ci/run.
 */
import { userInfo } from 'node:os';
import pg from 'pg';

/** Whether the role behind `url` can create databases; false when there is no such role or server. */
async function canCreateDatabases(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ yes: boolean }>(
      'select rolcreatedb or rolsuper as yes from pg_roles where rolname = current_user',
    );
    return rows[0]?.yes === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const roles = [...new Set([userInfo().username, 'postgres', 'root'])];
const given = process.env.TEST_DATABASE_URL;
const candidates = given ? [given] : roles.map((role) => `postgres://${role}@127.0.0.1:5432/postgres`);

let found: string | undefined;
for (const url of candidates) if (!found && (await canCreateDatabases(url))) found = url;

if (found) console.log(found);
else {
  console.error(`找不到可以建库的 PostgreSQL，试过：${candidates.join('、')}`);
  console.error('No PostgreSQL with a role that may create databases. Start one, or set TEST_DATABASE_URL.');
  process.exitCode = 1;
}
