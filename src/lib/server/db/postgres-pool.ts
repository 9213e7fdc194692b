/**
 * Connections to PostgreSQL. None waits for ever: an office that stands still lets others go on, a server that does not
 * answer is given up, and a connection that was lost is replaced by the next one who asks.
 */
import pg from 'pg';
import { wrongEncoding, type Where } from './unusable.ts';

/** Connections of one office process; a few dozen offices still fit beside the usual 100. */
const CONNECTIONS = 10;

/** Milliseconds. */
const PATIENCE = {
  /** For a free or a new connection. */
  connectionTimeoutMillis: 10_000,
  /** For somebody else's lock: what waits so long is told to come again. */
  lock_timeout: 10_000,
  statement_timeout: 20_000,
  /** At our side, where the server cannot say that it has given up. */
  query_timeout: 25_000,
  /** A process that was frozen inside a transaction holds the numbers of a feed: PostgreSQL ends it. */
  idle_in_transaction_session_timeout: 30_000,
} as const;

// bigint and count(*) are numbers, as in SQLite
const getTypeParser: typeof pg.types.getTypeParser = (id: number, format?: unknown) =>
  id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format as 'text');

/** Of a thread that only reads. */
const READING = 3;

/** `migrating`: one connection that may take its time, because it waits for another process's migration. */
export function openPool(connectionString: string, role: 'migrating' | 'serving' | 'reading'): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    types: { getTypeParser },
    keepAlive: true,
    application_name: 'jinban',
    ...(role === 'migrating'
      ? { max: 1, connectionTimeoutMillis: 10_000 }
      : { max: role === 'reading' ? READING : CONNECTIONS, ...PATIENCE }),
  });
  // an 'error' that nobody listens to would end the process; whoever needed the connection fails by itself
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}

const ignore = (): void => undefined;

/** @throws DatabaseUnusable when the database cannot hold every Chinese character. */
export async function checkEncoding(pool: pg.Pool, where: Where): Promise<void> {
  const { rows } = await pool.query<{ encoding: string }>(
    "select current_setting('server_encoding') as encoding",
  );
  const encoding = rows[0]?.encoding ?? '';
  if (encoding !== 'UTF8') throw wrongEncoding(where, encoding);
}
