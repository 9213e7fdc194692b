/** The county's working list (工作清单): its item sheets as they are edited and imported, before a release publishes them. */
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export async function workingList(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('list_item')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('rev', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('updated_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('list_item_pk', ['county', 'code'])
    .execute();
  // what the import remembers, and what waits for 确认: rows that a person may throw away
  await db.schema
    .createTable('list_mapping')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('sheet', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('list_mapping_pk', ['county', 'sheet'])
    .execute();
  await db.schema
    .createTable('list_import')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('book', 'text', (c) => c.notNull())
    .addColumn('plan', 'text')
    .execute();
}
