/**
 * What the page of a board is sent: of 1,688 stations the first that need somebody, and how many there are; the rest is
 * looked at page by page (listStations) or in the file. Never a row a station: the whole county would be a megabyte a minute.
 */
import { missingCalendar } from '#lib/catalogue/calendar-check.ts';
import { inNeed, type BoardView, type Need } from '#lib/domain/board-view.ts';
import { chineseDay, type Instant } from '#lib/domain/day.ts';
import type { Trx } from '../../db/dialect.ts';
import { findRows } from '../find-rows.ts';
import { readWorkingRules } from '../working-rules.ts';
import { boardOf, type Board } from './board.ts';
import { dutiesOf, type CalendarDuty, type Duty } from './duties.ts';
import type { BoardSite } from './site-rows.ts';

/** The first of many. */
export interface First {
  rows: BoardSite[];
  total: number;
}

/** A line of the table of all: a township with what its stations have, or a station. */
export interface TotalRow extends Pick<
  BoardSite,
  'id' | 'fullName' | 'offer' | 'missing' | 'items' | 'silence' | 'devices' | 'open' | 'late'
> {
  /** Its stations; 0 for one. */
  stations: number;
}

export interface BoardPage extends Omit<Board, 'sites'> {
  count: number;
  duties: Duty[];
  short: First;
  call: First;
  rows: TotalRow[];
}

const FIRST = 12;
const ON_A_PAGE = 50;

function totalRows({ sites, township }: Board): TotalRow[] {
  const row = (head: BoardSite, added: readonly BoardSite[]): TotalRow => {
    const { id, fullName, offer, missing, items, silence } = head;
    const sum = (key: 'open' | 'late' | 'devices'): number =>
      added.reduce((total, site) => total + site[key], 0);
    const sums = { devices: sum('devices'), open: sum('open'), late: sum('late') };
    return { id, fullName, offer, missing, items, silence, ...sums, stations: added.length - 1 };
  };
  if (township) return sites.map((site) => row(site, [site]));
  const byTownship = Map.groupBy(sites, (site) => site.township);
  return sites
    .filter(({ id, township: of }) => id === of)
    .map((head) => row(head, byTownship.get(head.id) ?? [head]));
}

async function calendarOf(trx: Trx, county: string, now: Instant): Promise<CalendarDuty | null> {
  const { calendar, inForce } = await readWorkingRules(trx, county);
  const missing = missingCalendar(inForce.calendar, chineseDay(now));
  return missing && { missing, entered: missingCalendar(calendar, chineseDay(now)) === null };
}

/** null: the county has no such township. */
export async function boardPage(
  trx: Trx,
  of: { county: string; township?: string; now: Instant },
): Promise<BoardPage | null> {
  const board = await boardOf(trx, of);
  if (!board) return null;
  const calendar = board.township ? null : await calendarOf(trx, of.county, of.now);
  const { sites, ...rest } = board;
  const first = (need: 'short' | 'call'): First => {
    const found = inNeed(sites, need, board.at);
    return { rows: found.slice(0, FIRST), total: found.length };
  };
  return {
    ...rest,
    count: sites.length,
    duties: dutiesOf(board, calendar),
    short: first('short'),
    call: first('call'),
    rows: totalRows(board),
  };
}

export interface StationList {
  at: Instant;
  view: BoardView;
  rows: BoardSite[];
  found: number;
  total: number;
  pages: number;
  /** How many are in each need, of the township that was chosen. */
  needs: Record<Need, number>;
  townships: { id: string; name: string }[];
}

/** Every station of the county, looked for and filtered, a page at a time. */
export async function listStations(
  trx: Trx,
  { county, now, view }: { county: string; now: Instant; view: BoardView },
): Promise<StationList> {
  const { sites, at } = (await boardOf(trx, { county, now }))!;
  const within = view.township === '' ? sites : sites.filter(({ township }) => township === view.township);
  const found = findRows(inNeed(within, view.need, at), view.query, ({ fullName, name, code }) =>
    [fullName, name, code].join(' '),
  );
  const pages = Math.max(1, Math.ceil(found.length / ON_A_PAGE));
  const page = Math.min(view.page, pages);
  const count = (need: Need): number => inNeed(within, need, at).length;
  return {
    at,
    view: { ...view, page },
    rows: found.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE),
    found: found.length,
    total: within.length,
    pages,
    needs: { short: count('short'), call: count('call'), late: count('late'), bare: count('bare') },
    townships: sites
      .filter(({ id, township }) => id === township)
      .map(({ id, fullName }) => ({ id, name: fullName })),
  };
}
