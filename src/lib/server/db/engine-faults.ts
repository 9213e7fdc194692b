/**
 * What goes wrong in the engine and is no fault of the work that meets it: the whole transaction is let go, and run
 * again at once (a deadlock) or later (the server is away). Nobody's command is refused or parked for it.
 */

/** The transaction is gone as a whole (a full disk, say): nothing in it counts, not even what had succeeded. */
export class TransactionLost extends Error {
  override name = 'TransactionLost';
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
};

/** PostgreSQL gave this transaction up for another: a deadlock, a serialisation failure. The whole of it is run again. */
export const isDeadlock = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error));

/** Two inserts of one key: where they came at once, the second look sees the first one's row. */
export const isUniqueClash = (error: unknown): boolean => codeOf(error) === '23505';

export const isWorthRepeating = (error: unknown): boolean => isDeadlock(error) || isUniqueClash(error);

/**
 * PostgreSQL's classes and codes: connection, sign-in, resources, intervention, system; no such database; a lock that
 * did not come in time; a statement that took too long; a transaction that stood still; a database that is closed to
 * connections while its server is worked on (55000, which is nothing else here: no sequences, no views). And the network's.
 */
const AWAY =
  /^(08...|28...|53...|57P..|58...|3D000|55000|55P03|57014|25P03|25P04|E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_).*)$/;
/** What pg and Kysely say without a code when a connection is gone, or none came in time. */
const GONE =
  /^(connection terminated|query read timeout|timeout exceeded when trying|client has encountered)/i;
const DISCARDED = /connection has been discarded|pool after calling end/i;
/** SQLite: another process writes for too long; the disk fails or is full. */
const SQLITE_AWAY: readonly unknown[] = [5, 10, 13];

/** The database cannot be used now, and will be again without anybody changing the program. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof TransactionLost || AWAY.test(codeOf(error))) return true;
  if (GONE.test(error.message) || DISCARDED.test(error.message)) return true;
  if (codeOf(error) === 'ERR_SQLITE_ERROR') {
    return SQLITE_AWAY.includes((error as Error & { errcode?: unknown }).errcode);
  }
  return error.cause !== undefined && isUnavailable(error.cause);
}

/** Not to be laid on the command, the clock or the person that met it. */
export const isEngineFault = (error: unknown): boolean => isDeadlock(error) || isUnavailable(error);
