/**
 * The database that a script works on: DATABASE_URL's PostgreSQL, else the SQLite of a data directory. Says in Chinese
 * what is wrong with it and ends the process with 1; the password is never printed.
 */
import { addressWords, databaseAddress } from '#lib/server/db/address.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';
import { DatabaseUnusable } from '#lib/server/db/unusable.ts';

export interface OpenDatabase {
  store: Store;
  /** Which one it is, for people. */
  words: string;
  /** False: SQLite. */
  onServer: boolean;
}

/** What can be done only when the process ends with it. */
export function refuse(...lines: string[]): never {
  console.error(lines.join('\n'));
  process.exit(1);
}

/** An option that names another database than DATABASE_URL does: guessing which is meant would be wrong half the time. */
export function refuseTwoDatabases(dataDirOption: string | undefined): void {
  if (dataDirOption === undefined || !process.env.DATABASE_URL) return;
  refuse(
    '设了 DATABASE_URL，又给了 --data-dir：一个是 PostgreSQL，一个是 SQLite 的目录，不知道要用哪个。请去掉一个。',
    'Both DATABASE_URL (PostgreSQL) and --data-dir (SQLite) were given. Leave one out.',
  );
}

/** Runs it; what is wrong with the database ends the process with words. */
export async function orExplain<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseUnusable)) throw error;
    return refuse(error.chinese, error.english);
  }
}

export const openDatabase = (dataDir: string): Promise<OpenDatabase> =>
  orExplain(async () => {
    const address = databaseAddress(dataDir);
    const store = await openStore(address);
    return { store, words: addressWords(address), onServer: 'databaseUrl' in address };
  });
