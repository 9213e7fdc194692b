/**
 * Why an office cannot open its database, in words for the person who starts it: what is wrong and what to do. Never
 * with the password, and never with an error's own text, because some of them quote the address.
 */

export class DatabaseUnusable extends Error {
  override name = 'DatabaseUnusable';
  readonly chinese: string;
  readonly english: string;

  constructor(chinese: string, english: string) {
    super(`${chinese}\n${english}`);
    this.chinese = chinese;
    this.english = english;
  }
}

export const malformedAddress = (): DatabaseUnusable =>
  new DatabaseUnusable(
    'DATABASE_URL 不是 PostgreSQL 的地址。应像 postgres://用户:口令@主机:5432/库名；口令里的 @ : / # ? 和空格要写成 %40 这样的形式。不设它就用内置的 SQLite。',
    'DATABASE_URL is no PostgreSQL address, such as postgres://user:password@host:5432/database with @ : / # ? in the password written as %40 and so on. Unset it to use the built-in SQLite.',
  );

/** Where the database is, as it may be shown: without the password. */
export interface Where {
  host: string;
  user: string;
  database: string;
}

/** By what PostgreSQL or the network answered; the first that fits. */
const REASONS: readonly { code: RegExp; say: (where: Where) => [string, string] }[] = [
  {
    code: /^28/,
    say: ({ host, user }) => [
      `PostgreSQL（${host}）不认用户“${user}”或它的口令。请核对 DATABASE_URL 里的用户和口令，以及 pg_hba.conf。`,
      `PostgreSQL at ${host} refused the user ${user} or its password. Check DATABASE_URL and pg_hba.conf.`,
    ],
  },
  {
    code: /^3D000$/,
    say: ({ host, database }) => [
      `PostgreSQL（${host}）里没有“${database}”这个库。请先建库：createdb -T template0 -E UTF8 ${database}，或改 DATABASE_URL。`,
      `There is no database ${database} at ${host}. Create it: createdb -T template0 -E UTF8 ${database}`,
    ],
  },
  {
    code: /^42501$/,
    say: ({ user, database }) => [
      `用户“${user}”不能在“${database}”里建表。请让它做库的所有者：alter database ${database} owner to ${user}。`,
      `${user} may not create tables in ${database}. Make it the owner: alter database ${database} owner to ${user}`,
    ],
  },
  {
    code: /^53/,
    say: ({ host }) => [
      `PostgreSQL（${host}）的连接、内存或磁盘用完了。请清出来，或调大 max_connections（每个办公端进程要 10 个连接）。`,
      `PostgreSQL at ${host} has run out of connections, memory or disk. Each office process takes 10 connections.`,
    ],
  },
  {
    code: /^57P03$/,
    say: ({ host }) => [
      `PostgreSQL（${host}）正在启动或恢复，还不能用。请稍等再启动。`,
      `PostgreSQL at ${host} is starting up or recovering. Start the office a little later.`,
    ],
  },
  {
    code: /^(08...|E[A-Z_]+)$/,
    say: ({ host }) => [
      `连不上 PostgreSQL（${host}）。请看它开了没有、地址和端口对不对、防火墙放不放行，再启动。`,
      `Cannot reach PostgreSQL at ${host}. Check that it runs, that DATABASE_URL is right, and the firewall.`,
    ],
  },
];

/** pg says these without a code. */
const NO_ANSWER = /^(connection terminated|timeout exceeded when trying)/i;

/** The error in words; an error that is none of these is no matter of the address, and comes back as it is. */
export function explain(error: unknown, where: Where): unknown {
  if (error instanceof DatabaseUnusable || !(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  const key = typeof code === 'string' ? code : NO_ANSWER.test(error.message) ? '08006' : '';
  const reason = REASONS.find((one) => one.code.test(key));
  return reason ? new DatabaseUnusable(...reason.say(where)) : error;
}

export const wrongEncoding = ({ database }: Where, encoding: string): DatabaseUnusable =>
  new DatabaseUnusable(
    `“${database}”这个库的编码是 ${encoding}，存不了所有汉字。请另建一个：createdb -T template0 -E UTF8 新库名。`,
    `The database ${database} is encoded as ${encoding}; UTF8 is needed: createdb -T template0 -E UTF8 NAME`,
  );
