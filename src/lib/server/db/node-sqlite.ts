/**
 * node:sqlite in the shape that Kysely's SqliteDialect takes. WAL with synchronous=FULL: what was committed survives a
 * power cut. Statements are prepared once and kept, because the office asks the same few hundred for ever.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/** Beyond this the oldest prepared statement is dropped. */
const KEPT_STATEMENTS = 500;

/** Of a connection. With SQLite's own 2 MB a rush hour reads the same pages of its indexes again and again. */
const CACHE_KB = 64 * 1024;
/** 64 MB of log: a page that many transactions change is copied into the database once. */
const CHECKPOINT_PAGES = 16_384;

type Statement = ReturnType<SqliteDatabase['prepare']>;
/** Whose texts are fixed, or few. */
const WORTH_KEEPING = /^(select|insert|update|delete|with|begin|commit|savepoint|release|rollback)\b/i;

/** null, number, bigint, text and bytes; anything else would be stored as something it is not. */
function toSql(value: unknown): SQLInputValue {
  if (typeof value === 'string') return value;
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  // a plain object as first argument would be taken for named parameters, and NULL be stored without an error
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    throw new TypeError('bind JSON and dates as text');
  }
  return value as SQLInputValue;
}

/**
 * Opens a database file. `writer` takes the write lock as a transaction begins, so that nothing fails half way because
 * another process writes; a `reader` refuses to write.
 */
export function nodeSqlite(path: string, role: 'writer' | 'reader'): SqliteDatabase {
  const db = new DatabaseSync(path, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
  db.exec(`PRAGMA cache_size = -${CACHE_KB}; PRAGMA temp_store = MEMORY;`);
  db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`);
  if (role === 'reader') db.exec('PRAGMA query_only = ON;');
  return sqliteOn(db, role);
}

/** The same over a database that is open: simulations keep theirs in memory. */
export function sqliteOn(db: DatabaseSync, role: 'writer' | 'reader'): SqliteDatabase {
  const kept = new Map<string, Statement>();

  function prepared(sql: string): Statement {
    const text = sql === 'begin' && role === 'writer' ? 'begin immediate' : sql;
    const found = kept.get(text);
    if (found) {
      kept.delete(text);
      kept.set(text, found);
      return found;
    }
    const fresh = statementOf(db.prepare(text));
    if (WORTH_KEEPING.test(text)) {
      kept.set(text, fresh);
      const [oldest] = kept.keys();
      if (kept.size > KEPT_STATEMENTS && oldest !== undefined) kept.delete(oldest);
    }
    return fresh;
  }

  return { close: () => void (db.isOpen && db.close()), prepare: prepared };
}

const statementOf = (statement: StatementSync): Statement => ({
  reader: statement.columns().length > 0,
  all: (parameters) => statement.all(...parameters.map(toSql)),
  run: (parameters) => statement.run(...parameters.map(toSql)),
  iterate: (parameters) => statement.iterate(...parameters.map(toSql)),
});
