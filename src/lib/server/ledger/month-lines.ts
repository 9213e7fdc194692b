/**
 * The applications of a month under a site, as lines of its ledger. Read in slices, each in a transaction of its own, so
 * that a township's month keeps nobody else waiting; a change between two slices shows in one of them or in both.
 */
import { actsIn, ledgerLine, type LedgerLine } from '#lib/domain/ledger.ts';
import { isWithin } from '#lib/domain/site.ts';
import type { Application } from '#lib/domain/state.ts';
import type { Office } from '../office.ts';

/** States parsed at one go: some ten milliseconds. */
const SLICE = 200;

export interface Wanted {
  /** YYYY-MM */
  month: string;
  site: { id: string; path: string; county: string; township: string };
  masked: boolean;
  /** Id of the last line that is known already; '' for the first. */
  after: string;
}

/** In the order of their ids. */
export async function* monthLines(office: Office, wanted: Wanted): AsyncGenerator<LedgerLine> {
  let after = wanted.after;
  for (;;) {
    const { lines, last } = await slice(office, { ...wanted, after });
    yield* lines;
    if (last === null) return;
    after = last;
  }
}

function slice(
  { store, rulebook }: Office,
  { month, site, masked, after }: Wanted,
): Promise<{ lines: LedgerLine[]; last: string | null }> {
  return store.read(async (trx) => {
    const rows = await trx
      .selectFrom('application')
      .select(['id', 'path', 'state_json'])
      // its own feed is indexed; the path says what is below it
      .where('feed', '=', site.township)
      .where('path', 'like', `${site.path}%`)
      .where('id', '>', after)
      // alive in that month: received no later (the number holds the day), closed no earlier
      .where((row) =>
        row(row.fn<string>('substr', ['receipt_number', row.val(13), row.val(6)]), '<=', digits(month)),
      )
      .where((row) => row.or([row('closed_on', 'is', null), row('closed_on', '>=', `${month}-01`)]))
      .orderBy('id')
      .limit(SLICE)
      .execute();
    const { calendar } = await rulebook.rules(trx, site.county);
    const lines: LedgerLine[] = [];
    for (const { path, state_json } of rows) {
      // LIKE is not particular about capitals everywhere
      if (!isWithin(site.path, path)) continue;
      const app = JSON.parse(state_json) as Application;
      const itemName = (await rulebook.item(trx, app.item.hash))?.name ?? '';
      const line = ledgerLine(app, { itemName, calendar, masked });
      if (actsIn(line, month).length > 0) lines.push(line);
    }
    return { lines, last: rows.length < SLICE ? null : rows.at(-1)!.id };
  });
}

const digits = (month: string): string => month.replace('-', '');
