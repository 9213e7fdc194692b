/**
 * Likely duplicates (疑似重复): one person, one item, within 30 days, in one county. The office looks for them by a keyed
 * hash of the applicant's number, so that no column and no index holds the number itself. Nothing is refused for it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { addDays, type Day } from '#lib/domain/day.ts';
import type { Applicant } from '#lib/domain/commands.ts';
import { DUPLICATE_DAYS, FRUITLESS } from '#lib/domain/facts.ts';
import type { Trx } from '../db/dialect.ts';

const SECRET = 'applicant';

async function secretOf(trx: Trx): Promise<string> {
  const find = () => trx.selectFrom('secret').select('value').where('name', '=', SECRET).executeTakeFirst();
  const found = await find();
  if (found) return found.value;
  await trx
    .insertInto('secret')
    .values({ name: SECRET, value: randomBytes(32).toString('base64url') })
    .onConflict((on) => on.column('name').doNothing())
    .execute();
  return (await find())!.value;
}

/** Names the applicant to this office alone. The number is as it is kept: cleaned. */
export async function applicantKey(
  trx: Trx,
  { idKind, idNumber }: Pick<Applicant, 'idKind' | 'idNumber'>,
): Promise<string> {
  const hmac = createHmac('sha256', await secretOf(trx));
  return hmac.update(`${idKind}:${idNumber}`).digest('base64url').slice(0, 22);
}

/** Applications of the same person for the same item that arrived in the last 30 days and were not given up. */
export async function countSimilar(
  trx: Trx,
  wanted: { applicantKey: string; itemCode: string; county: string; today: Day },
): Promise<number> {
  const { count } = await trx
    .selectFrom('application')
    .select((row) => row.fn.countAll().as('count'))
    .where('applicant_key', '=', wanted.applicantKey)
    .where('item_code', '=', wanted.itemCode)
    .where('county', '=', wanted.county)
    .where('arrived_on', '>=', addDays(wanted.today, -DUPLICATE_DAYS))
    .where('state', 'not in', FRUITLESS)
    .executeTakeFirstOrThrow();
  return Number(count);
}
