/** The first tables of the office. A released migration is never edited; changes are a new file. */
import type { Kysely } from 'kysely';
import { bytesType } from '../dialect.ts';
import type { Schema } from '../schema.ts';

async function places(db: Kysely<Schema>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('lineage')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .execute();
  await schema
    .createTable('county')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('policy', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('site')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('full_name', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('open'))
    .addColumn('county', 'text')
    .addColumn('township', 'text')
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('parent', 'text')
    .addColumn('address', 'text')
    .addColumn('phone', 'text')
    .addColumn('supervision_phone', 'text')
    .execute();
  await schema.createIndex('site_by_parent').on('site').column('parent').execute();
  await schema.createIndex('site_by_code').on('site').column('code').execute();
  await schema.createIndex('site_by_county').on('site').columns(['county', 'level']).execute();
}

async function people(db: Kysely<Schema>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('staff')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('site', 'text', (c) => c.notNull().references('site.id'))
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('county', 'text')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('roles', 'text', (c) => c.notNull())
    .addColumn('department', 'text')
    .addColumn('login', 'text', (c) => c.unique())
    .addColumn('kdf', 'text')
    .addColumn('proof_hash', 'text')
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('active'))
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('retry_at', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('staff_by_site').on('staff').column('site').execute();
  await schema
    .createTable('device')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('site', 'text', (c) => c.notNull().references('site.id'))
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('active'))
    .addColumn('chain_n', 'bigint', (c) => c.notNull().defaultTo(0))
    .addColumn('chain_head', 'text')
    .addColumn('last_contact', 'text')
    .addColumn('drained_at', 'text')
    .addColumn('release', 'text')
    .addColumn('scope', 'text')
    .addColumn('enrolled_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('device_number_at_site', ['site', 'number'])
    .execute();
  await schema
    .createTable('device_number')
    .addColumn('site', 'text', (c) => c.primaryKey().references('site.id'))
    .addColumn('last', 'integer', (c) => c.notNull())
    .execute();
  await schema
    .createTable('staff_key')
    .addColumn('device', 'text', (c) => c.notNull().references('device.id'))
    .addColumn('staff', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('registered_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('staff_key_pk', ['device', 'staff', 'public_key'])
    .execute();
  await schema
    .createTable('enrol_code')
    .addColumn('code_hash', 'text', (c) => c.primaryKey())
    .addColumn('site', 'text', (c) => c.notNull().references('site.id'))
    .addColumn('created_by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text')
    .addColumn('device', 'text')
    .execute();
}

async function sessions(db: Kysely<Schema>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('session')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('device', 'text', (c) => c.notNull().references('device.id'))
    .addColumn('access', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('admin_session')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('staff', 'text', (c) => c.notNull().references('staff.id'))
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('ends_at', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('secret')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('used_challenge')
    .addColumn('challenge_hash', 'text', (c) => c.primaryKey())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
}

async function applications(db: Kysely<Schema>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('command')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('body_hash', 'text', (c) => c.notNull())
    .addColumn('device', 'text')
    .addColumn('n', 'bigint')
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('application', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('received_at', 'text', (c) => c.notNull())
    .addColumn('head', 'text')
    .addUniqueConstraint('command_place', ['device', 'n'])
    .execute();
  await schema.createIndex('command_by_application').on('command').column('application').execute();
  await schema
    .createIndex('command_waiting')
    .on('command')
    .column('status')
    .where('status', 'in', ['parked', 'quarantined'])
    .execute();
  await schema
    .createTable('application')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('site', 'text', (c) => c.notNull().references('site.id'))
    .addColumn('feed', 'text', (c) => c.notNull())
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('item_code', 'text', (c) => c.notNull())
    .addColumn('item_hash', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('rev', 'integer', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('receipt_number', 'text', (c) => c.notNull())
    .addColumn('receipt_alias', 'text', (c) => c.unique())
    .addColumn('case_number', 'text', (c) => c.unique())
    .addColumn('query_token', 'text', (c) => c.notNull().unique())
    .addColumn('state_json', 'text', (c) => c.notNull())
    .addColumn('next_due', 'text')
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('closed_on', 'text')
    .execute();
  await schema.createIndex('application_by_feed').on('application').columns(['feed', 'id']).execute();
  await schema.createIndex('application_by_site').on('application').columns(['site', 'id']).execute();
  await schema.createIndex('application_by_county').on('application').columns(['county', 'state']).execute();
  await schema.createIndex('application_by_receipt').on('application').column('receipt_number').execute();
  await schema.createIndex('application_by_due').on('application').column('next_due').execute();
  await schema
    .createTable('event')
    .addColumn('feed', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('application', 'text', (c) => c.notNull().references('application.id'))
    .addColumn('site', 'text', (c) => c.notNull())
    .addColumn('rev', 'integer', (c) => c.notNull())
    .addColumn('command', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('now', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('event_pk', ['feed', 'seq'])
    .addUniqueConstraint('event_revision', ['application', 'rev'])
    .execute();
  await schema.createIndex('event_by_site').on('event').columns(['site', 'seq']).execute();
  await schema
    .createTable('feed')
    .addColumn('code', 'text', (c) => c.primaryKey())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('mark', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('case_serial')
    .addColumn('task_code', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('next', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_serial_pk', ['task_code', 'day'])
    .execute();
}

async function catalogue(db: Kysely<Schema>): Promise<void> {
  const { schema } = db;
  const bytes = bytesType(db);
  await schema
    .createTable('item_version')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('item_release')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().references('item_version.hash'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('first_release', 'integer', (c) => c.notNull())
    .addColumn('last_release', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('item_release_pk', ['county', 'level', 'hash'])
    .execute();
  await schema
    .createTable('release_key')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('standing', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('private_jwk', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('release')
    .addColumn('county', 'text', (c) => c.notNull())
    .addColumn('level', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('manifest', bytes, (c) => c.notNull())
    .addColumn('signature', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull().references('release_key.id'))
    .addColumn('published_at', 'text', (c) => c.notNull())
    .addColumn('published_by', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('release_pk', ['county', 'level', 'number'])
    .execute();
  await schema
    .createTable('release_part')
    .addColumn('sha256', 'text', (c) => c.primaryKey())
    .addColumn('size', 'integer', (c) => c.notNull())
    .addColumn('packed', bytes, (c) => c.notNull())
    .execute();
  await schema
    .createTable('calendar')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('data', 'text', (c) => c.notNull())
    .execute();
}

async function audit(db: Kysely<Schema>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('prev_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute();
}

export async function office(db: Kysely<Schema>): Promise<void> {
  for (const part of [places, people, sessions, applications, catalogue, audit]) await part(db);
}
