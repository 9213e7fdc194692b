/** Photos that reach the office, and which applications name them. Earlier applications name none. */
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export async function photos({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('photo')
    .addColumn('site', 'text', (c) => c.notNull().references('site.id'))
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('received', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('device', 'text', (c) => c.notNull().references('device.id'))
    .addColumn('claimed_at', 'text', (c) => c.notNull())
    .addColumn('touched_at', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text')
    .addColumn('verified_at', 'text')
    .addPrimaryKeyConstraint('photo_pk', ['site', 'sha256'])
    .execute();
  await schema
    .createIndex('photo_unfinished')
    .on('photo')
    .columns(['status', 'touched_at'])
    .where('status', 'in', ['uploading', 'rejected'])
    .execute();
  await schema
    .createTable('photo_use')
    .addColumn('application', 'text', (c) => c.notNull().references('application.id'))
    .addColumn('material', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('added_rev', 'integer', (c) => c.notNull())
    .addColumn('standing', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('photo_use_pk', ['application', 'material', 'sha256'])
    .execute();
  await schema
    .createIndex('photo_use_waiting')
    .on('photo_use')
    .columns(['standing', 'site', 'sha256'])
    .where('standing', '=', 'waiting')
    .execute();
}
