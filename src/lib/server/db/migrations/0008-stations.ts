/** What a county sees and keeps of its stations: what devices tell of themselves, hours, mergers, choices, one-time codes. */
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export async function stations(db: Kysely<Schema>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('device').addColumn('reported_at', 'text').execute();
  await schema.alterTable('device').addColumn('waiting', 'integer').execute();
  await schema.alterTable('device').addColumn('waiting_since', 'text').execute();
  await schema.alterTable('device').addColumn('waiting_photos', 'integer').execute();
  await schema.alterTable('device').addColumn('room_mb', 'integer').execute();
  await schema.createIndex('device_by_site').on('device').column('site').execute();
  await schema.alterTable('site').addColumn('hours', 'text').execute();
  await schema.alterTable('site').addColumn('merged_into', 'text').execute();
  await schema.alterTable('site').addColumn('reach', 'text').execute();
  await schema
    .createTable('site_choice')
    .addColumn('site', 'text', (c) => c.primaryKey().references('site.id'))
    .addColumn('left_out', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('passphrase_code')
    .addColumn('code_hash', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .execute();
  await schema.createIndex('staff_by_county').on('staff').column('county').execute();
  await schema
    .alterTable('application')
    .addColumn('late', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db
    .updateTable('application')
    .set(({ selectFrom, ref }) => ({
      late: selectFrom('command')
        .select(({ fn }) => fn.countAll<number>().as('late'))
        .where('command.application', '=', ref('application.id'))
        .where('command.kind', '=', 'overdue')
        .where('command.status', '=', 'applied') as never,
    }))
    .execute();
}
