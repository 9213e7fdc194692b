/** The office as one thing: its database, rules, clock and log. One per process in production, many in tests. */
import { join } from 'node:path';
import { GuessLimit } from './auth/guess-limit.ts';
import { officeClock, type OfficeClock } from './clock.ts';
import { openStore, type Store } from './db/store.ts';
import { createLog, type Log } from './log.ts';
import { Rulebook } from './sync/rulebook.ts';
import { Turns } from './sync/turns.ts';

export interface Office {
  store: Store;
  rulebook: Rulebook;
  clock: OfficeClock;
  log: Log;
  /** Calls of one device, one after the other. */
  turns: Turns;
  /** Wrong enrolment codes. */
  guesses: GuessLimit;
  /** Wrong passphrases at the county's pages. */
  adminGuesses: GuessLimit;
}

export const assembleOffice = (store: Store, clock: OfficeClock, log: Log): Office => ({
  store,
  clock,
  log,
  rulebook: new Rulebook(),
  turns: new Turns(),
  guesses: new GuessLimit(),
  adminGuesses: new GuessLimit(),
});

/** Where the office keeps its things: DATA_DIR, or ./data. */
export const dataDirectory = (env: { DATA_DIR?: string } = process.env): string => env.DATA_DIR || './data';
export const databasePath = (directory: string): string => join(directory, 'jinban.db');

let running: Office | null = null;

/** Opens this process's office. */
export async function startOffice(): Promise<Office> {
  const store = await openStore({ path: databasePath(dataDirectory()) });
  running = assembleOffice(store, officeClock(), createLog());
  return running;
}

/** @throws before startOffice: a request cannot come earlier. */
export function theOffice(): Office {
  if (!running) throw new Error('the office has not been opened');
  return running;
}
