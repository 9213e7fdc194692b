/** What is really in the office's database, read beside the running office; and what time does to it while it is closed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databasePath } from '#lib/server/db/address.ts';
import { nameOf } from '#lib/server/files/office-files.ts';

interface Kept {
  id: string;
  state: string;
  receiptNumber: string;
  itemCode: string;
  /** The whole state, as JSON. */
  json: string;
}

function rows<T>(dataDir: string, sql: string): T[] {
  const db = new DatabaseSync(databasePath(dataDir), { readOnly: true });
  try {
    return db.prepare(sql).all() as T[];
  } finally {
    db.close();
  }
}

export const applicationsAt = (dataDir: string): Kept[] =>
  rows(
    dataDir,
    `select id, state, receipt_number as receiptNumber, item_code as itemCode, state_json as json
     from application order by updated_at`,
  );

/** Commands that reached the office, refused ones too. */
export const commandsAt = (dataDir: string): { id: string; kind: string; status: string; actor: string }[] =>
  rows(dataDir, 'select id, kind, status, actor from command order by received_at');

/** Every session of a device has ended. Only while the office is down. */
export function endSessions(dataDir: string): void {
  const db = new DatabaseSync(databasePath(dataDir));
  try {
    db.exec('delete from session');
  } finally {
    db.close();
  }
}

/** The bytes of a photo as the office keeps them on its disk. */
export function keptPhoto(dataDir: string, key: { site: string; sha256: string }): Buffer {
  const name = nameOf(key);
  return readFileSync(join(dataDir, 'files/kept', name.slice(0, 2), name.slice(2, 4), name));
}
