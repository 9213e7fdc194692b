/**
 * Looks, once for all held streams of a process, at what has become new, and wakes those whom it concerns: rows of feeds,
 * releases and choices say it, whichever process wrote them. Invariant: a stream that is open hears of everything that is committed
 * after it was opened; what came before is the business of the poll that a device makes when its stream opens.
 */
import type { Level } from '#lib/domain/item.ts';
import type { Trx } from '../db/dialect.ts';
import { isIn, listOf, prepared } from '../db/prepared.ts';
import { newestNumber } from '../catalogue/current-release.ts';
import { shelfOf, type Listener, type WakeStreams } from './wake-streams.ts';

const feedsNow = prepared((trx, feeds: string) =>
  trx
    .selectFrom('feed')
    .select(['code', 'seq'])
    .where(isIn(trx, 'code', feeds)),
);
/** Whom the events of a feed after one concern: sites, and the device that hears of its own in the answer. */
const newIn = prepared((trx, feed: string, after: number) =>
  trx
    .selectFrom('event')
    .leftJoin('command', 'command.id', 'event.command')
    .select(['event.site', 'command.device'])
    .distinct()
    .where('event.feed', '=', feed)
    .where('event.seq', '>', after),
);
const stillOpen = prepared((trx, tokens: string, now: string) =>
  trx
    .selectFrom('session')
    .innerJoin('device', 'device.id', 'session.device')
    .innerJoin('site', 'site.id', 'device.site')
    .select(['session.token_hash', 'site.path'])
    .where(isIn(trx, 'session.token_hash', tokens))
    .where('session.expires_at', '>', now)
    .where('session.access', '=', 'full')
    .where('device.status', '=', 'active'),
);

/** Steps that moved releases of a county from ring to ring, held them or took them back. */
const stepsOf = prepared((trx, county: string) =>
  trx
    .selectFrom('release_step')
    .innerJoin('release_plan', 'release_plan.id', 'release_step.plan')
    .select(({ fn }) => fn.countAll<number | string>().as('steps'))
    .where('release_plan.county', '=', county),
);
/** When a site of the county last chose its items. */
const lastChoice = prepared((trx, county: string) =>
  trx
    .selectFrom('site_choice')
    .innerJoin('site', 'site.id', 'site_choice.site')
    .select(({ fn }) => fn.max('site_choice.changed_at').as('at'))
    .where('site.county', '=', county),
);

const isVillage = ({ site }: Listener): boolean => site.level === 'village' || site.level === 'community';

export class Watch {
  /** Where feeds, and what sites are offered, stood, of those that somebody listens to. */
  readonly #feeds = new Map<string, number>();
  readonly #offers = new Map<string, string>();
  readonly #streams: WakeStreams;

  constructor(streams: WakeStreams) {
    this.#streams = streams;
  }

  /** From here on: for a stream that is in place, before its device is told that it is. */
  async begin(trx: Trx, listener: Listener): Promise<void> {
    const { township } = listener.site;
    if (!this.#feeds.has(township)) {
      const [row] = await feedsNow(trx, listOf([township]));
      first(this.#feeds, township, row?.seq ?? 0);
    }
    const shelf = shelfOf(listener);
    if (shelf !== null && !this.#offers.has(shelf)) first(this.#offers, shelf, await offerMark(trx, shelf));
  }

  /** Wakes whoever has something new. */
  async look(trx: Trx): Promise<void> {
    const { listeners } = this.#streams;
    const townships = new Set(listeners.map(({ site }) => site.township));
    const shelves = new Set(listeners.map(shelfOf));
    forgetOthers(this.#feeds, townships);
    forgetOthers(this.#offers, shelves);
    for (const { code, seq } of await feedsNow(trx, listOf(this.#feeds.keys()))) {
      const before = this.#feeds.get(code)!;
      if (seq === before) continue;
      this.#feeds.set(code, seq);
      // fewer than before: the office was restored, and everybody has to hear of it
      const rows = seq < before ? null : await newIn(trx, code, before);
      this.#streams.wake((one) => one.site.township === code && (rows === null || concerns(one, rows)));
    }
    for (const [shelf, before] of this.#offers) {
      const mark = await offerMark(trx, shelf);
      if (mark === before) continue;
      this.#offers.set(shelf, mark);
      this.#streams.wake((one) => shelfOf(one) === shelf);
    }
  }

  /** Ends the streams of devices that were revoked or moved, or whose session is over. */
  async check(trx: Trx, now: string): Promise<void> {
    const asked = new Set(this.#streams.listeners.map(({ token }) => token));
    const rows = await stillOpen(trx, listOf(asked), now);
    const paths = new Map(rows.map(({ token_hash, path }) => [token_hash, path]));
    this.#streams.end(({ token, site }) => asked.has(token) && paths.get(token) !== site.path);
  }
}

const concerns = (one: Listener, rows: readonly { site: string; device: string | null }[]): boolean =>
  rows.some(({ site, device }) => (!isVillage(one) || site === one.site.id) && device !== one.device);

/** Another one when any site of a county's level may be offered something else: a release, or its own choice of items. */
async function offerMark(trx: Trx, shelf: string): Promise<string> {
  const [county = '', level = ''] = shelf.split('/');
  const [steps] = await stepsOf(trx, county);
  const [choice] = await lastChoice(trx, county);
  return `${await newestNumber(trx, county, level as Level)} ${steps?.steps ?? 0} ${choice?.at ?? ''}`;
}

/** Of two who begin at once, the first says from where: the other's device asks later than both have looked. */
function first<Mark>(known: Map<string, Mark>, key: string, mark: Mark): void {
  if (!known.has(key)) known.set(key, mark);
}

function forgetOthers(known: Map<string, unknown>, wanted: ReadonlySet<string | null>): void {
  for (const key of known.keys()) if (!wanted.has(key)) known.delete(key);
}
