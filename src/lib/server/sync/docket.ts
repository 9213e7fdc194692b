/**
 * What one transaction has decided and not yet written: events, receipts, lines for the audit. Numbers are given last, in
 * one go and sorted by feed, under the lock of the feed's row. So numbers have no gaps, are committed in their order,
 * and no event can appear behind a cursor (invariant I3).
 */
import { hash } from 'node:crypto';
import type { Instant } from '#lib/domain/day.ts';
import type { LoggedEvent } from '#lib/domain/events.ts';
import type { Outcome } from '#lib/protocol/sync.ts';
import { audit, type AuditLine } from '../audit.ts';
import { engineOf, lockRows, type Trx } from '../db/dialect.ts';
import { insertRows, prepared } from '../db/prepared.ts';
import type { Insertable } from 'kysely';
import type { CommandTable, EventTable } from '../db/schema.ts';
import type { Casebook } from './casebook.ts';

export const FIRST_MARK = '0'.repeat(64);
/**
 * Whoever will write into a feed takes its row first, before any application and any case number: so a township waits
 * for its own work alone, and two who write into it do not wait for each other in a circle.
 */
export async function lockFeed(trx: Trx, code: string): Promise<void> {
  // SQLite's one writer has it already
  if (engineOf(trx) === 'postgres') await feedRow(trx, code);
}

const feedRow = prepared((trx, code: string) =>
  lockRows(trx, trx.selectFrom('feed').select('code').where('code', '=', code)),
);
const countOn = prepared((trx, code: string, count: number) =>
  trx
    .insertInto('feed')
    .values({ code, seq: count, mark: FIRST_MARK })
    .onConflict((on) =>
      on.column('code').doUpdateSet({ seq: (row) => row('feed.seq', '+', row.ref('excluded.seq')) }),
    )
    .returning(['seq', 'mark']),
);
const setMark = prepared((trx, code: string, mark: string) =>
  trx.updateTable('feed').set({ mark }).where('code', '=', code),
);

export interface PendingEvent extends LoggedEvent {
  feed: string;
  site: string;
  command: string;
}

/** An outcome before its number is known. */
export type Judged =
  Exclude<Outcome, { is: 'applied' | 'retry' }> | { id: string; is: 'applied'; rev: number };

export type Receipt = Omit<Insertable<CommandTable>, 'outcome' | 'status'> & { judged: Judged };

export class Docket {
  readonly events: PendingEvent[] = [];
  readonly receipts: Receipt[] = [];
  /** New outcomes of commands whose receipt is there already. */
  readonly replays: Judged[] = [];
  readonly audit: AuditLine[] = [];

  /**
   * Writes everything, also what `casebook` holds. Returns the outcomes by command, numbers included.
   */
  async close(trx: Trx, now: Instant, casebook?: Casebook): Promise<Map<string, Outcome>> {
    await casebook?.numberCases(trx);
    const { rows: events, byCommand, byApplication } = await this.#number(trx);
    const written = await casebook?.write(trx, byApplication);
    for (const [id, seq] of byApplication) {
      if (written?.has(id)) continue;
      await trx.updateTable('application').set({ seq }).where('id', '=', id).execute();
    }
    await insertRows(trx, 'event', events);
    const outcomes = new Map<string, Outcome>();
    const final = (judged: Judged): { outcome: string; status: Judged['is'] } => {
      const { id } = judged;
      const outcome = judged.is === 'applied' ? { ...judged, seq: byCommand.get(id) ?? missing(id) } : judged;
      outcomes.set(id, outcome);
      return { outcome: JSON.stringify(outcome), status: judged.is };
    };
    const rows = this.receipts.map(({ judged, ...row }) => ({ ...row, ...final(judged) }));
    await insertRows(trx, 'command', rows);
    for (const judged of this.replays) {
      await trx.updateTable('command').set(final(judged)).where('id', '=', judged.id).execute();
    }
    await audit(trx, now, this.audit);
    return outcomes;
  }

  /** Gives numbers and marks to the events: the last of each command and application, and the rows, to be written. */
  async #number(trx: Trx): Promise<Numbered> {
    const numbered: Numbered = { rows: [], byCommand: new Map(), byApplication: new Map() };
    const feeds = [...new Set(this.events.map((event) => event.feed))].sort();
    for (const feed of feeds) {
      const events = this.events.filter((event) => event.feed === feed);
      const [counter] = await countOn(trx, feed, events.length);
      let { seq, mark } = { seq: counter!.seq - events.length, mark: counter!.mark };
      const rows = events.map(({ applicationId, rev, command, actor, now, event, site }) => {
        seq += 1;
        const [who, data] = [JSON.stringify(actor), JSON.stringify(event)];
        mark = nextMark(mark, [seq, applicationId, rev, command, now, who, data]);
        numbered.byCommand.set(command, seq);
        numbered.byApplication.set(applicationId, seq);
        return { feed, seq, application: applicationId, site, rev, command, actor: who, now, data, mark };
      });
      numbered.rows.push(...rows);
      await setMark(trx, feed, mark);
    }
    return numbered;
  }
}

interface Numbered {
  rows: Insertable<EventTable>[];
  byCommand: Map<string, number>;
  byApplication: Map<string, number>;
}

/** The running hash of a feed: SHA-256 over the mark before and the event as its row has it, a line each. */
function nextMark(mark: string, row: readonly (string | number)[]): string {
  return hash('sha256', `${mark}\n${row.join('\n')}`, 'hex');
}

function missing(id: string): never {
  throw new Error(`command ${id} was applied without an event`);
}
