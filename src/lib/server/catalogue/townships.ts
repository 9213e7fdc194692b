/** The townships and subdistricts of a county that are open: one of them is the second ring of a release. */
import type { Trx } from '../db/dialect.ts';

export const townshipsOf = (trx: Trx, county: string): Promise<{ id: string; name: string }[]> =>
  trx
    .selectFrom('site')
    .select(['id', 'full_name as name'])
    .where('county', '=', county)
    .where('level', 'in', ['township', 'subdistrict'])
    .where('status', '!=', 'closed')
    .orderBy('code')
    .execute();
