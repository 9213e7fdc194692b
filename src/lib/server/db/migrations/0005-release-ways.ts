/** Ways to a release that are shorter than its parts one by one: from nothing, and from the releases before it. */
import type { Kysely } from 'kysely';
import { bytesType } from '../dialect.ts';
import type { Schema } from '../schema.ts';

export async function releaseWays(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('release_way')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('since', 'integer', (c) => c.notNull())
    .addColumn('data', bytesType(db), (c) => c.notNull())
    .addPrimaryKeyConstraint('release_way_pk', ['county', 'level', 'number', 'since'])
    .execute();
}
