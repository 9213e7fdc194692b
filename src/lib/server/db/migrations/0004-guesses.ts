/** Wrong guesses, which every office process must see: a balancer would otherwise multiply the tries. */
import type { Kysely } from 'kysely';
import type { Schema } from '../schema.ts';

export async function guesses({ schema }: Kysely<Schema>): Promise<void> {
  await schema
    .createTable('guess')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('what', 'text', (c) => c.notNull())
    .addColumn('address', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('guess_by_time').on('guess').columns(['what', 'at']).execute();
}
