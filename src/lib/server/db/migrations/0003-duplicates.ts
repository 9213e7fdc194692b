/** 疑似重复: by whom (a keyed hash) and when an application came. Earlier rows get theirs from their state. */
import type { Kysely } from 'kysely';
import type { Application } from '#lib/domain/state.ts';
import { ApplicantKeys } from '../../sync/duplicates.ts';
import type { Trx } from '../dialect.ts';
import type { Schema } from '../schema.ts';

const AT_ONCE = 500;

export async function duplicates(db: Kysely<Schema>): Promise<void> {
  await db.schema.alterTable('application').addColumn('applicant_key', 'text').execute();
  await db.schema.alterTable('application').addColumn('arrived_on', 'text').execute();
  await db.schema
    .createIndex('application_applicant')
    .on('application')
    .columns(['applicant_key', 'item_code'])
    .execute();
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('application')
      .select(['id', 'state_json'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    const keys = rows.length > 0 ? await ApplicantKeys.open(db as Trx) : null;
    for (const { id, state_json } of rows) {
      const { applicant, arrivedOn } = JSON.parse(state_json) as Application;
      const applicant_key = keys!.of(applicant);
      await db
        .updateTable('application')
        .set({ applicant_key, arrived_on: arrivedOn })
        .where('id', '=', id)
        .execute();
    }
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.id;
  }
}
