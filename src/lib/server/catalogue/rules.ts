/** The working-day calendar in force, and what a county decides for itself. Both travel to the sites in a release. */
import type { CountyPolicy } from '#lib/catalogue/policy.ts';
import type { Calendar } from '#lib/domain/calendar.ts';
import type { Trx } from '../db/dialect.ts';

/** The one calendar: the State Council's notices hold for the whole country. */
const CALENDAR = 'cn';

/** @throws when the office was never set up. */
export async function readCalendar(trx: Trx): Promise<Calendar> {
  const row = await trx
    .selectFrom('calendar')
    .select('data')
    .where('id', '=', CALENDAR)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.data) as Calendar;
}

/** Puts a calendar in force. Releases published before keep theirs. */
export async function saveCalendar(trx: Trx, calendar: Calendar): Promise<void> {
  const data = JSON.stringify(calendar);
  await trx
    .insertInto('calendar')
    .values({ id: CALENDAR, data })
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
