/** The office's database in memory: what is left when its process is killed, and what a backup is made of. */
import { DatabaseSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';
import { sqliteOn } from '#lib/server/db/node-sqlite.ts';

export class Disk {
  raw!: DatabaseSync;
  /** Prepared statements outlive processes: preparing them anew in each run would cost more than the run. */
  sqlite!: SqliteDatabase;

  constructor(image?: Uint8Array) {
    this.#open(image);
  }

  #open(image?: Uint8Array): void {
    this.raw = new DatabaseSync(':memory:');
    if (image) this.raw.deserialize(image);
    this.raw.exec('PRAGMA foreign_keys = ON;');
    this.sqlite = sqliteOn(this.raw, 'writer');
  }

  backup(): Uint8Array {
    return this.raw.serialize();
  }

  restore(image: Uint8Array): void {
    this.raw.close();
    this.#open(image);
  }

  close(): void {
    this.raw.close();
  }
}
