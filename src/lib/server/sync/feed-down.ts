/**
 * What goes down to a device: the events of its feed after its cursor, or, when its cursor says nothing any more, its
 * applications as they are now. A village is sent its own rows, and its cursor moves over the others. Numbers are
 * committed in their order without gaps, so nothing can appear behind a cursor (invariants I3, I4).
 */
import { createHash } from 'node:crypto';
import { addDays, chineseDay, type Instant } from '#lib/domain/day.ts';
import type { Event } from '#lib/domain/events.ts';
import type { Application } from '#lib/domain/state.ts';
import { LIMITS } from '#lib/protocol/limits.ts';
import type { Station } from '#lib/protocol/station.ts';
import type { FeedEvent, FeedReset, FeedSlice, Snapshot, SyncRequest } from '#lib/protocol/sync.ts';
import type { Trx } from '../db/dialect.ts';
import { isIn, listOf, prepared } from '../db/prepared.ts';
import { reachOf, sitesIn } from './contact.ts';
import { FIRST_MARK } from './docket.ts';
import type { Sender } from './judge.ts';

/** Days that a device still holds what was closed (protocol.md, Device). */
export const KEPT_DAYS = 7;
/** Rows that are read at once; a page is cut by its bytes. */
const ROWS = 200;

type Site = Sender['site'];
type Asked = Pick<SyncRequest, 'lineage' | 'cursor' | 'mark' | 'page'>;

interface Head {
  seq: number;
  mark: string;
}

/**
 * A feed's mark as a device of a site is given it: 8 bytes over the running hash and the site's reach. So a device whose
 * site came under another government, or took in another one, shows a wrong mark, and is sent everything anew.
 */
export const deviceMark = (mark: string, reach: string): string =>
  createHash('sha256').update(`${mark}${reach}`).digest('hex').slice(0, 16);

const isVillage = ({ level }: Site): boolean => level === 'village' || level === 'community';

const feedHead = prepared((trx, feed: string) =>
  trx.selectFrom('feed').select(['seq', 'mark']).where('code', '=', feed),
);

async function headOf(trx: Trx, feed: string): Promise<Head> {
  const [row] = await feedHead(trx, feed);
  return row ?? { seq: 0, mark: FIRST_MARK };
}

/** null: the event is no longer there (an emptied training, seed/training). */
async function markAt(trx: Trx, site: Site, seq: number, head: Head): Promise<string | null> {
  if (seq === 0) return '';
  if (seq === head.seq) return deviceMark(head.mark, reachOf(site));
  const row = await trx
    .selectFrom('event')
    .select('mark')
    .where('feed', '=', site.township)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row ? deviceMark(row.mark, reachOf(site)) : null;
}

async function resetReason(
  trx: Trx,
  site: Site,
  { lineage, head, moved }: { lineage: string; head: Head; moved: boolean },
  asked: Asked,
): Promise<FeedReset['reset'] | null> {
  if (asked.lineage === '') return 'first';
  if (asked.lineage !== lineage) return 'lineage';
  if (asked.cursor === 0) return head.seq === 0 ? null : 'first';
  if (asked.cursor > head.seq) return 'ahead';
  const mark = await markAt(trx, site, asked.cursor, head);
  if (mark === null) return 'compacted';
  if (asked.mark === mark) return null;
  return moved ? 'scope' : 'mark';
}

/**
 * One page. `moved`: the site's reach is another than at the device's last call, so a wrong mark means another scope.
 * `known`: commands whose events come brief (protocol/brief.ts) and hardly count against the page.
 */
export async function pull(
  trx: Trx,
  {
    site,
    lineage,
    moved,
    now,
    known = new Set(),
    station,
  }: {
    site: Site;
    lineage: string;
    moved: boolean;
    now: Instant;
    known?: ReadonlySet<string>;
    /** Where the device stands now. */
    station?: () => Promise<Station>;
  },
  asked: Asked,
): Promise<FeedSlice | FeedReset> {
  const head = await headOf(trx, site.township);
  const reset = await resetReason(trx, site, { lineage, head, moved }, asked);
  const { page } = asked;
  // a device that is being sent everything asks on from where that began: with `at` as its cursor, and its mark
  if (page && reset === null && page.at === asked.cursor) {
    return snapshots(trx, site, { reset: 'first', at: page.at, mark: asked.mark, from: page.next, now });
  }
  if (reset) {
    const mark = head.seq === 0 ? '' : deviceMark(head.mark, reachOf(site));
    const page = await snapshots(trx, site, { reset, at: head.seq, mark, from: '', now });
    // whoever was moved hears of it with each reset until one has come through
    return station && (reset === 'scope' || reset === 'mark') ? { ...page, station: await station() } : page;
  }
  return events(trx, site, { cursor: asked.cursor, head, known });
}

const eventsAfter = (trx: Trx, feed: string, cursor: number, to: number) =>
  trx
    .selectFrom('event')
    .select(['seq', 'application', 'rev', 'command', 'actor', 'now', 'data', 'mark'])
    .where('feed', '=', feed)
    .where('seq', '>', cursor)
    .where('seq', '<=', to)
    .orderBy('seq')
    .limit(ROWS);
const eventsOfFeed = prepared(eventsAfter);
const eventsOfSites = prepared((trx, feed: string, cursor: number, to: number, sites: string) =>
  eventsAfter(trx, feed, cursor, to).where(isIn(trx, 'site', sites)),
);

async function events(
  trx: Trx,
  site: Site,
  { cursor, head, known }: { cursor: number; head: Head; known: ReadonlySet<string> },
): Promise<FeedSlice> {
  if (cursor === head.seq) {
    const mark = head.seq === 0 ? '' : deviceMark(head.mark, reachOf(site));
    return { from: cursor, to: cursor, mark, more: false, events: [] };
  }
  const rows = isVillage(site)
    ? await eventsOfSites(trx, site.township, cursor, head.seq, listOf(sitesIn(site)))
    : await eventsOfFeed(trx, site.township, cursor, head.seq);
  const { taken, more } = page(
    rows,
    (row) => 250 + (known.has(row.command) ? 0 : Buffer.byteLength(row.data) + Buffer.byteLength(row.actor)),
    ROWS,
  );
  const to = more ? taken.at(-1)!.seq : head.seq;
  const mark =
    to === 0
      ? ''
      : more
        ? deviceMark(taken.at(-1)!.mark, reachOf(site))
        : deviceMark(head.mark, reachOf(site));
  return { from: cursor, to, mark, more, events: taken.map(feedEvent) };
}

function feedEvent(row: {
  seq: number;
  application: string;
  rev: number;
  command: string;
  actor: string;
  now: string;
  data: string;
}): FeedEvent {
  const { seq, application: applicationId, rev, command, now } = row;
  const actor = JSON.parse(row.actor) as FeedEvent['actor'];
  const told: FeedEvent = {
    seq,
    applicationId,
    rev,
    command,
    actor,
    now,
    // mostly handed on as the text that it is
    get event() {
      return JSON.parse(row.data) as Event;
    },
  };
  texts.set(told, row.data);
  return told;
}

const texts = new WeakMap<FeedEvent, string>();

/** JSON of an event that came out of the log: what is stored as text is not taken apart for it. */
export function eventText(told: FeedEvent): string {
  const text = texts.get(told);
  if (text === undefined) return JSON.stringify(told);
  const { seq, applicationId, rev, command, actor, now } = told;
  const rest = JSON.stringify({ seq, applicationId, rev, command, actor, now });
  return `${rest.slice(0, -1)},"event":${text}}`;
}

async function snapshots(
  trx: Trx,
  site: Site,
  { reset, at, mark, from, now }: Pick<FeedReset, 'reset' | 'at' | 'mark'> & { from: string; now: Instant },
): Promise<FeedReset> {
  const keptFrom = addDays(chineseDay(now), -KEPT_DAYS);
  let query = trx
    .selectFrom('application')
    .select(['id', 'rev', 'seq', 'state_json'])
    .where('feed', '=', site.township)
    .where('id', '>', from)
    .where((row) => row.or([row('closed_on', 'is', null), row('closed_on', '>=', keptFrom)]))
    .orderBy('id')
    .limit(ROWS);
  if (isVillage(site)) query = query.where('site', 'in', sitesIn(site));
  const rows = await query.execute();
  const { taken, more } = page(rows, (row) => Buffer.byteLength(row.state_json) + 150, ROWS);
  return {
    reset,
    at,
    mark,
    page: taken.map(({ id, rev, seq, state_json }): Snapshot => {
      return { applicationId: id, rev, seq, state: JSON.parse(state_json) as Application };
    }),
    next: more ? taken.at(-1)!.id : null,
  };
}

/** As many rows as fit a page, at least one. */
function page<R>(
  rows: readonly R[],
  sizeOf: (row: R) => number,
  limit: number,
): { taken: R[]; more: boolean } {
  let bytes = 0;
  const taken: R[] = [];
  for (const row of rows) {
    bytes += sizeOf(row);
    if (taken.length > 0 && bytes > LIMITS.page) return { taken, more: true };
    taken.push(row);
  }
  return { taken, more: rows.length === limit };
}
