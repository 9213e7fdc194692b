/** The county's working list also holds its working-day calendar and its policies, before a release publishes them. */
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export async function workingRules(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('list_rule')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('updated_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('list_rule_pk', ['county', 'rule'])
    .execute();
}
