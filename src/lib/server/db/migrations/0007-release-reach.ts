/**
 * Releases got a reach: they are drawn up by one and released by another, ring by ring. Earlier releases have no plan and
 * reach everybody, as they did.
 */
import type { Kysely } from 'kysely';
import { bytesType } from '../dialect.ts';
import type { Schema } from '../schema.ts';

async function plans(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('release_plan')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('number', 'integer')
    .addColumn('undoes', 'text')
    .addColumn('undone_number', 'integer')
    .addColumn('undone_by', 'text')
    .addColumn('base', 'text', (c) => c.notNull())
    .addColumn('contents', bytesType(db), (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('shortfall', 'text')
    .addColumn('made_by', 'text', (c) => c.notNull())
    .addColumn('made_at', 'text', (c) => c.notNull())
    .addColumn('released_by', 'text')
    .addColumn('released_at', 'text')
    .addColumn('township', 'text')
    .addColumn('held_at', 'text')
    .execute();
  await db.schema
    .createIndex('release_plan_by_county')
    .on('release_plan')
    .columns(['county', 'made_at'])
    .execute();
  await db.schema.alterTable('release').addColumn('plan', 'text').execute();
}

export async function releaseReach(db: Kysely<Schema>): Promise<void> {
  await plans(db);
  const { schema } = db;
  await schema
    .createTable('release_reach')
    .addColumn('plan', 'text', (c) => c.notNull().references('release_plan.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('release_reach_pk', ['plan', 'kind', 'scope'])
    .execute();
  await schema
    .createTable('release_step')
    .addColumn('plan', 'text', (c) => c.notNull().references('release_plan.id'))
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('release_step_pk', ['plan', 'n'])
    .execute();
  await schema
    .createTable('release_pilot')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull().references('site.id'))
    .addPrimaryKeyConstraint('release_pilot_pk', ['county', 'site'])
    .execute();
}
