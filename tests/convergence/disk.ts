/** The office's database in memory: what is left when its process is killed, and what a backup is made of. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';
import { sqliteOn } from '#lib/server/db/node-sqlite.ts';

export class Disk {
  raw!: DatabaseSync;
  /** Prepared statements outlive processes: preparing them anew in each run would cost more than the run. */
  sqlite!: SqliteDatabase;

  readonly #queries = new Map<string, StatementSync>();

  constructor(image?: Uint8Array) {
    this.#open(image);
  }

  #open(image?: Uint8Array): void {
    this.raw = new DatabaseSync(':memory:');
    if (image) this.raw.deserialize(image);
    this.raw.exec('PRAGMA foreign_keys = ON;');
    this.sqlite = sqliteOn(this.raw, 'writer');
  }

  /** A statement of whoever watches: beside the office, and not counted with its own. */
  query(sql: string): StatementSync {
    const known = this.#queries.get(sql);
    if (known) return known;
    const statement = this.raw.prepare(sql);
    this.#queries.set(sql, statement);
    return statement;
  }

  backup(): Uint8Array {
    return this.raw.serialize();
  }

  restore(image: Uint8Array): void {
    this.#queries.clear();
    this.raw.close();
    this.#open(image);
  }

  close(): void {
    this.raw.close();
  }
}
