/** The working-day calendar in force, and what a county decides for itself. Both travel to the sites in a release. */
import { createHash } from 'node:crypto';
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Trx } from '../db/dialect.ts';

/** For all: the State Council's notices hold for the whole country. A county that released its own goes by that. */
export const COMMON_CALENDAR = 'cn';

/**
 * The calendar by which a county's applications are judged.
 * @throws when the office was never set up.
 */
export async function readCalendar(trx: Trx, county: string): Promise<Calendar> {
  const row = await trx
    .selectFrom('calendar')
    .select('data')
    .where('id', 'in', [COMMON_CALENDAR, county])
    .orderBy(({ eb }) => eb('id', '=', COMMON_CALENDAR))
    .limit(1)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.data) as Calendar;
}

/** Puts a calendar in force, for all or for one county. Releases published before keep theirs. */
export async function saveCalendar(trx: Trx, id: string, calendar: Calendar): Promise<void> {
  const data = JSON.stringify(calendar);
  await trx
    .insertInto('calendar')
    .values({ id, data })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ data }))
    .execute();
}

/** @throws when there is no such county. */
export async function readPolicy(trx: Trx, county: string): Promise<CountyPolicy> {
  const row = await trx
    .selectFrom('county')
    .select('policy')
    .where('id', '=', county)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.policy) as CountyPolicy;
}

/** All that applications are judged by, in a word: it changes when any county's calendar or policy does. */
export async function rulesMark(trx: Trx): Promise<string> {
  const calendars = await trx.selectFrom('calendar').select(['id', 'data']).orderBy('id').execute();
  const policies = await trx.selectFrom('county').select(['id', 'policy']).orderBy('id').execute();
  return createHash('sha256')
    .update(JSON.stringify([calendars, policies]))
    .digest('base64url');
}

/** Puts a county's policy in force. */
export async function savePolicy(trx: Trx, county: string, policy: CountyPolicy): Promise<void> {
  await trx
    .updateTable('county')
    .set({ policy: JSON.stringify(policy) })
    .where('id', '=', county)
    .execute();
}
