/** Whether a database is a demo, by what its audit began with: apart from the seed, so that the office can ask. */
import type { Trx } from '../db/dialect.ts';

/** Seed version of a demo database; null for any other. */
export async function seededVersion(trx: Trx): Promise<string | null> {
  const row = await trx
    .selectFrom('audit')
    .select('detail')
    .where('what', '=', 'seeded')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  return row ? (JSON.parse(row.detail) as { version: string }).version : null;
}
