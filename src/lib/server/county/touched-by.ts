/** Who changed the working rules last, by name. */
import type { Instant } from '#lib/domain/day.ts';
import type { Trx } from '../db/dialect.ts';
import type { RuleName, Touched } from './working-rules.ts';

export type TouchedBy = Record<RuleName, { at: Instant; name: string } | null>;

export async function touchedBy(trx: Trx, touched: Record<RuleName, Touched | null>): Promise<TouchedBy> {
  const named = async (one: Touched | null) => {
    if (!one) return null;
    const row = await trx.selectFrom('staff').select('name').where('id', '=', one.by).executeTakeFirst();
    return { at: one.at, name: row?.name ?? '近办' };
  };
  return { calendar: await named(touched.calendar), policy: await named(touched.policy) };
}
