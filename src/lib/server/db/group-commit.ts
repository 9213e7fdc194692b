/**
 * SQLite's one writer. Works that wait together share one transaction and one fsync, each under its own savepoint, so
 * a work that fails undoes only itself. Invariant: no work's result leaves before its commit.
 */
import type { Kysely } from 'kysely';
import { savepoint, type Trx } from './dialect.ts';
import { TransactionLost } from './engine-faults.ts';
import type { Schema } from './schema.ts';

/** Works in one transaction: bounds how long the first of them waits. */
const GROUP = 64;

interface Waiting {
  work: (trx: Trx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

type Done = { value: unknown } | { error: unknown };

export class GroupCommit {
  readonly #db: Kysely<Schema>;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;

  constructor(db: Kysely<Schema>) {
    this.#db = db;
  }

  /** Resolves once the work is committed. The work may run again when a commit of its group fails. */
  write<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.#running ??= this.#drain();
    });
  }

  /** When nothing is waiting any more. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    // requests of the same turn of the event loop come along
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, GROUP);
      if (!(await this.#commit(group))) {
        // one of them made the commit fail: each on its own, so that the others do not suffer
        for (const one of group) await this.#commit([one]);
      }
    }
    this.#running = null;
  }

  /** False when the commit failed and nothing was told to anybody. */
  async #commit(group: Waiting[]): Promise<boolean> {
    const done: Done[] = [];
    try {
      await this.#db.transaction().execute(async (trx) => {
        for (const { work } of group) {
          done.push(
            await savepoint(trx, () => work(trx)).then(
              (value) => ({ value }),
              (error: unknown) => {
                if (error instanceof TransactionLost) throw error;
                return { error };
              },
            ),
          );
        }
      });
    } catch (error) {
      if (group.length > 1) return false;
      for (const { reject } of group) reject(error);
      return true;
    }
    group.forEach(({ resolve, reject }, index) => {
      const one = done[index]!;
      if ('error' in one) reject(one.error);
      else resolve(one.value);
    });
    return true;
  }
}
