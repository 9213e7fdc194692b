/**
 * The office as one thing: its database, rules, clock and log. One per process in production, many in tests. Nothing in
 * it is the only copy of anything: several processes on one PostgreSQL are one office (docs/decisions/0016).
 */
import { join } from 'node:path';
import { officeClock, type OfficeClock } from './clock.ts';
import { databaseAddress, whereIs } from './db/address.ts';
import { openStore, type Store } from './db/store.ts';
import { TightWays } from './catalogue/tight-ways.ts';
import { OfficeFiles } from './files/office-files.ts';
import { createLog, type Log } from './log.ts';
import type { TakeUp } from './sync/brought.ts';
import { Rulebook } from './sync/rulebook.ts';
import { Turns } from './turns.ts';
import { WakeStreams } from './wake/wake-streams.ts';
import { Watch } from './wake/watch.ts';

export interface Office {
  store: Store;
  rulebook: Rulebook;
  clock: OfficeClock;
  log: Log;
  /** Calls of one device, one after the other. */
  turns: Turns;
  /** Photos and documents; several processes share the folder. */
  files: OfficeFiles;
  /** Patches to the newest releases, as polls are given them. */
  tightWays: TightWays;
  /** Held streams, and who looks for what they have to say. */
  wakeStreams: WakeStreams;
  watch: Watch;
  /** In a thread that only reads (threads/): whoever writes for it. */
  takeUp?: TakeUp;
}

/** What a process of the office has of its own. */
export function freshParts(): Pick<Office, 'rulebook' | 'turns' | 'tightWays' | 'wakeStreams' | 'watch'> {
  const wakeStreams = new WakeStreams();
  return {
    rulebook: new Rulebook(),
    turns: new Turns(),
    tightWays: new TightWays(),
    wakeStreams,
    watch: new Watch(wakeStreams),
  };
}

export const assembleOffice = (store: Store, clock: OfficeClock, log: Log, files: OfficeFiles): Office => ({
  store,
  clock,
  log,
  files,
  ...freshParts(),
});

/** Where the office keeps its things: DATA_DIR, or ./data. */
export const dataDirectory = (env: { DATA_DIR?: string } = process.env): string => env.DATA_DIR || './data';

let running: Office | null = null;

/**
 * Opens this process's office.
 * @throws DatabaseUnusable with words for the person who starts it
 */
export async function startOffice(): Promise<Office> {
  const log = createLog();
  const address = databaseAddress(dataDirectory());
  const store = await openStore(address);
  const where = 'path' in address ? address : whereIs(address.databaseUrl);
  log.info({ what: 'opened', engine: store.engine, ...where }, 'the office is open');
  running = assembleOffice(store, officeClock(), log, new OfficeFiles(join(dataDirectory(), 'files')));
  return running;
}

/** @throws before startOffice: a request cannot come earlier. */
export function theOffice(): Office {
  if (!running) throw new Error('the office has not been opened');
  return running;
}
