/** Reads and writes the rows of applications (办件). The row is the fold of its events plus what queries look for. */
import type { InsertQueryBuilder, InsertResult, Updateable } from 'kysely';
import type { Day, Instant } from '#lib/domain/day.ts';
import type { Application } from '#lib/domain/state.ts';
import { lockRows, type Trx } from '../db/dialect.ts';
import { insertRows, isIn, listOf, prepared } from '../db/prepared.ts';
import type { ApplicationTable, Schema } from '../db/schema.ts';

export interface LoadedApplication {
  state: Application;
  feed: string;
  site: string;
  county: string;
  path: string;
}

const byIds = prepared((trx, ids: string) =>
  lockRows(
    trx,
    trx
      .selectFrom('application')
      .select(['state_json', 'feed', 'site', 'county', 'path'])
      .where(isIn(trx, 'id', ids))
      .orderBy('id'),
  ),
);

/** The applications that there are, locked until the transaction ends. */
export async function applicationsOf(trx: Trx, ids: readonly string[]): Promise<LoadedApplication[]> {
  if (ids.length === 0) return [];
  const rows = await byIds(trx, listOf(ids));
  return rows.map(({ state_json, ...where }) => ({ state: JSON.parse(state_json) as Application, ...where }));
}

/** The columns that follow from a state; `key`: the applicant's (duplicates.ts). */
export const applicationColumns = (state: Application, key: string, nextDue: Day | null, now: Instant) => ({
  state: state.state,
  rev: state.rev,
  case_number: state.caseNumber,
  state_json: JSON.stringify(state),
  next_due: nextDue,
  updated_at: now,
  closed_on: state.closedOn,
  applicant_key: key,
  arrived_on: state.arrivedOn,
  late: state.overdue.length,
});

export interface NewApplication {
  application: LoadedApplication;
  /** Of its receipt number, where that clashes with an earlier one. */
  alias: string | null;
  columns: ReturnType<typeof applicationColumns> & { seq: number };
}

export async function insertApplications(trx: Trx, added: readonly NewApplication[]): Promise<void> {
  const rows = added.map(({ application: { state, feed, site, county, path }, alias, columns }) => ({
    id: state.id,
    site,
    feed,
    county,
    path,
    item_code: state.item.code,
    item_hash: state.item.hash,
    receipt_number: state.receiptNumber,
    receipt_alias: alias,
    query_token: state.queryToken,
    ...columns,
  }));
  await insertRows(trx, 'application', rows);
}

export async function updateApplication(
  trx: Trx,
  id: string,
  columns: Updateable<ApplicationTable>,
): Promise<void> {
  await trx.updateTable('application').set(columns).where('id', '=', id).execute();
}

const countByReceipt = prepared((trx, numbers: string) =>
  trx
    .selectFrom('application')
    .select((row) => ['receipt_number', row.fn.countAll().as('count')])
    .where(isIn(trx, 'receipt_number', numbers))
    .groupBy('receipt_number'),
);

/** How many applications bear each of these receipt numbers. */
export async function receiptCounts(trx: Trx, numbers: readonly string[]): Promise<Map<string, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await countByReceipt(trx, listOf(numbers));
  return new Map(rows.map(({ receipt_number, count }) => [receipt_number, Number(count)]));
}

const countingOn = (insert: InsertQueryBuilder<Schema, 'case_serial', InsertResult>) =>
  insert
    .onConflict((on) =>
      on
        .columns(['task_code', 'day'])
        .doUpdateSet({ next: (row) => row('case_serial.next', '+', row.ref('excluded.next')) }),
    )
    .returning(['task_code', 'next']);

/**
 * Next formal case numbers (办件编号), one for each implementation code in the list: 31-digit code, day, serial of the
 * day. The counters are taken in the order of the codes, so that two who draw do not wait for each other in a circle.
 */
export async function drawCaseNumbers(trx: Trx, codes: readonly string[], today: Day): Promise<string[]> {
  if (codes.length === 0) return [];
  const day = today.replaceAll('-', '');
  const counts = new Map<string, number>();
  for (const code of [...codes].sort()) counts.set(code, (counts.get(code) ?? 0) + 1);
  const wanted = [...counts].map(([task_code, next]) => ({ task_code, day, next }));
  const rows = await insertRows(trx, 'case_serial', wanted, countingOn);
  const next = new Map(
    rows.map(({ task_code, next: last }) => [task_code, last - counts.get(task_code)! + 1]),
  );
  return codes.map((code) => {
    const serial = next.get(code)!;
    next.set(code, serial + 1);
    return `${code}${day}${String(serial).padStart(4, '0')}`;
  });
}
