/**
 * Brings a database up to this program, one numbered step after the other, all in one transaction. A database that a
 * newer program has touched is refused: an older one would read what it does not understand.
 */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { lockOffice, type Trx } from './dialect.ts';
import { office } from './migrations/0001-office.ts';
import type { Schema } from './schema.ts';

const MIGRATIONS: readonly { name: string; up: (db: Kysely<Schema>) => Promise<void> }[] = [
  { name: '0001-office', up: office },
];

export class NewerDatabase extends Error {
  override name = 'NewerDatabase';
}

/** @throws NewerDatabase, leaving everything as it is. */
export async function migrate(trx: Trx): Promise<void> {
  await lockOffice(trx, 'migration');
  await sql`create table if not exists migration (id integer primary key, name text not null)`.execute(trx);
  const { rows } = await sql<{ id: number }>`select id from migration order by id`.execute(trx);
  const done = rows.at(-1)?.id ?? 0;
  if (done > MIGRATIONS.length) {
    throw new NewerDatabase(
      `the database is at step ${done}, this program knows ${MIGRATIONS.length}: start the newer program`,
    );
  }
  for (const [index, { name, up }] of MIGRATIONS.entries()) {
    if (index < done) continue;
    await up(trx);
    await sql`insert into migration (id, name) values (${index + 1}, ${name})`.execute(trx);
  }
  const lineage = await trx.selectFrom('lineage').select('id').executeTakeFirst();
  if (!lineage) await trx.insertInto('lineage').values({ id: randomUUID() }).execute();
}
