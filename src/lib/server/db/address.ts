/** Which database an office works on: PostgreSQL where DATABASE_URL says so, else SQLite in its data directory. */
import { join } from 'node:path';
import { malformedAddress, type Where } from './unusable.ts';

/** The SQLite file of a data directory. */
export const databasePath = (dataDirectory: string): string => join(dataDirectory, 'jinban.db');

export type Address = { path: string } | { databaseUrl: string };

/** @throws DatabaseUnusable when DATABASE_URL is set and is no address of a PostgreSQL. */
export function databaseAddress(
  dataDirectory: string,
  { DATABASE_URL: databaseUrl }: { DATABASE_URL?: string } = process.env,
): Address {
  if (!databaseUrl) return { path: databasePath(dataDirectory) };
  whereIs(databaseUrl);
  return { databaseUrl };
}

/** @throws DatabaseUnusable */
export function whereIs(databaseUrl: string): Where {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  // an @ without a user: the password was cut at one of its own characters, and what follows is a piece of it
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || (databaseUrl.includes('@') && url.username === '')) {
    throw malformedAddress();
  }
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  const user =
    decodeURIComponent(url.username) || url.searchParams.get('user') || process.env.PGUSER || 'postgres';
  return {
    host: host.startsWith('/') ? host : `${host}:${url.port || '5432'}`,
    user,
    database: decodeURIComponent(url.pathname.slice(1)) || user,
  };
}

/** As people are told, without the password. */
export function addressWords(address: Address): string {
  if ('path' in address) return `SQLite（${address.path}）`;
  const { host, user, database } = whereIs(address.databaseUrl);
  return `PostgreSQL（${host} 的“${database}”库，用户 ${user}）`;
}
