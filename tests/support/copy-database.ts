/** Copies an office's database from SQLite into an empty PostgreSQL, row by row: both have the same tables and columns. */
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { openStore } from '#lib/server/db/store.ts';

/** Values of one statement: half of what PostgreSQL takes. */
const VALUES = 30_000;

const quoted = (name: string): string => `"${name}"`;

export async function copyDatabase(path: string, databaseUrl: string): Promise<void> {
  // makes the tables
  await openStore({ databaseUrl }).then((store) => store.destroy());
  const source = new DatabaseSync(path, { readOnly: true });
  const target = new pg.Client({ connectionString: databaseUrl });
  await target.connect();
  try {
    await target.query('begin');
    // rows come in any order
    await target.query('set local session_replication_role = replica');
    const tables = source
      .prepare("select name from sqlite_schema where type = 'table' and name <> 'migration'")
      .all();
    for (const { name } of tables) await copyTable(source, target, String(name));
    await target.query('commit');
    await target.query('analyze');
  } finally {
    await target.end();
    source.close();
  }
}

async function copyTable(source: DatabaseSync, target: pg.Client, table: string): Promise<void> {
  await target.query(`delete from ${quoted(table)}`);
  const rows = source.prepare(`select * from ${quoted(table)}`).all();
  const columns = Object.keys(rows[0] ?? {});
  const atOnce = Math.floor(VALUES / Math.max(1, columns.length));
  for (let at = 0; at < rows.length; at += atOnce) {
    const slice = rows.slice(at, at + atOnce);
    const places = slice.map(
      (_, row) => `(${columns.map((__, n) => `$${row * columns.length + n + 1}`).join()})`,
    );
    await target.query(
      `insert into ${quoted(table)} (${columns.map(quoted).join()}) values ${places.join()}`,
      slice.flatMap((row) => columns.map((column) => row[column])),
    );
  }
}
