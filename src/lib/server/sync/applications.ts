/** Reads and writes the rows of applications (办件). The row is the fold of its events plus what queries look for. */
import type { Day, Instant } from '#lib/domain/day.ts';
import type { Application } from '#lib/domain/state.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import { noteUses } from '../files/photo-uses.ts';
import { applicantKey } from './duplicates.ts';

export interface LoadedApplication {
  state: Application;
  feed: string;
  site: string;
  county: string;
  path: string;
}

/** The application, locked until the transaction ends; null when there is none. */
export async function loadApplication(trx: Trx, id: string): Promise<LoadedApplication | null> {
  const query = trx
    .selectFrom('application')
    .select(['state_json', 'feed', 'site', 'county', 'path'])
    .where('id', '=', id);
  const row = await lockRows(trx, query).executeTakeFirst();
  if (!row) return null;
  const { state_json, ...where } = row;
  return { state: JSON.parse(state_json) as Application, ...where };
}

const columnsOf = async (trx: Trx, state: Application, nextDue: Day | null, now: Instant) => ({
  state: state.state,
  rev: state.rev,
  case_number: state.caseNumber,
  state_json: JSON.stringify(state),
  next_due: nextDue,
  updated_at: now,
  closed_on: state.closedOn,
  applicant_key: await applicantKey(trx, state.applicant),
  arrived_on: state.arrivedOn,
});

/** Updates an application; its feed number follows when the docket is closed. */
export async function saveApplication(
  trx: Trx,
  state: Application,
  nextDue: Day | null,
  now: Instant,
): Promise<void> {
  await trx
    .updateTable('application')
    .set(await columnsOf(trx, state, nextDue, now))
    .where('id', '=', state.id)
    .execute();
  await noteUses(trx, state);
}

/**
 * Adds a new application. Where its receipt number clashes with an earlier one it gets an alias `number-2`, because
 * nothing may be refused for it (design application.md, Numbers). Returns the alias, or null.
 */
export async function addApplication(
  trx: Trx,
  loaded: LoadedApplication,
  nextDue: Day | null,
  now: Instant,
): Promise<string | null> {
  const { state, feed, site, county, path } = loaded;
  const { count } = await trx
    .selectFrom('application')
    .select((row) => row.fn.countAll().as('count'))
    .where('receipt_number', '=', state.receiptNumber)
    .executeTakeFirstOrThrow();
  const alias = Number(count) === 0 ? null : `${state.receiptNumber}-${Number(count) + 1}`;
  await trx
    .insertInto('application')
    .values({
      id: state.id,
      site,
      feed,
      county,
      path,
      item_code: state.item.code,
      item_hash: state.item.hash,
      seq: 0,
      receipt_number: state.receiptNumber,
      receipt_alias: alias,
      query_token: state.queryToken,
      ...(await columnsOf(trx, state, nextDue, now)),
    })
    .execute();
  await noteUses(trx, state);
  return alias;
}

/** Next formal case number (办件编号): 31-digit implementation code, day, serial of the day. */
export async function nextCaseNumber(trx: Trx, taskCode: string, today: Day): Promise<string> {
  const day = today.replaceAll('-', '');
  const { next } = await trx
    .insertInto('case_serial')
    .values({ task_code: taskCode, day, next: 1 })
    .onConflict((on) =>
      on.columns(['task_code', 'day']).doUpdateSet({ next: (row) => row('case_serial.next', '+', 1) }),
    )
    .returning('next')
    .executeTakeFirstOrThrow();
  return `${taskCode}${day}${String(next).padStart(4, '0')}`;
}
