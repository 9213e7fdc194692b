/**
 * Brings a database up to this program, one numbered step after the other, all in one transaction. A database that a
 * newer program has touched is refused: an older one would read what it does not understand.
 */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { lockOffice, type Trx } from './dialect.ts';
import { office } from './migrations/0001-office.ts';
import { photos } from './migrations/0002-photos.ts';
import { duplicates } from './migrations/0003-duplicates.ts';
import { guesses } from './migrations/0004-guesses.ts';
import { releaseWays } from './migrations/0005-release-ways.ts';
import { workingList } from './migrations/0006-working-list.ts';
import { releaseReach } from './migrations/0007-release-reach.ts';
import { stations } from './migrations/0008-stations.ts';
import { workingRules } from './migrations/0009-working-rules.ts';
import type { Schema } from './schema.ts';
import { DatabaseUnusable } from './unusable.ts';

/** In their order; each name begins with its number. */
export const MIGRATIONS: readonly { name: string; up: (db: Kysely<Schema>) => Promise<void> }[] = [
  { name: '0001-office', up: office },
  { name: '0002-photos', up: photos },
  { name: '0003-duplicates', up: duplicates },
  { name: '0004-guesses', up: guesses },
  { name: '0005-release-ways', up: releaseWays },
  { name: '0006-working-list', up: workingList },
  { name: '0007-release-reach', up: releaseReach },
  { name: '0008-stations', up: stations },
  { name: '0009-working-rules', up: workingRules },
];

export class NewerDatabase extends DatabaseUnusable {
  override name = 'NewerDatabase';

  constructor(step: string) {
    super(
      `这个库已被更新的近办用过（${step}），本程序不认识，没有改动它。请启动更新的程序，或恢复升级前的备份。`,
      `A newer program has been at this database (${step}). Start that one, or restore the backup made before it.`,
    );
  }
}

/**
 * Waits while another process migrates. `through`: number of steps of the list; all unless a test wants an old database.
 * @throws NewerDatabase, leaving everything as it is.
 */
export async function migrate(trx: Trx, through = MIGRATIONS.length): Promise<void> {
  await lockOffice(trx, 'migration');
  await sql`create table if not exists migration (id integer primary key, name text not null)`.execute(trx);
  const { rows } = await sql<{ name: string }>`select name from migration order by id`.execute(trx);
  const done = new Set(rows.map((row) => row.name));
  const unknown = [...done].find((name) => !MIGRATIONS.some((step) => step.name === name));
  if (unknown !== undefined) throw new NewerDatabase(unknown);
  for (const { name, up } of MIGRATIONS.slice(0, through)) {
    if (done.has(name)) continue;
    await up(trx);
    const id = Number(name.slice(0, 4));
    await sql`insert into migration (id, name) values (${id}, ${name})`.execute(trx);
  }
  const lineage = await trx.selectFrom('lineage').select('id').executeTakeFirst();
  if (!lineage) await trx.insertInto('lineage').values({ id: randomUUID() }).execute();
}
