import { describe, expect, test } from 'vitest';
import { addressWords, databaseAddress, whereIs } from './address.ts';
import { DatabaseUnusable, explain } from './unusable.ts';

const SECRET = 'geheim-4711';

describe('where the office keeps its data', () => {
  test('is the SQLite of its directory, unless DATABASE_URL names a PostgreSQL', () => {
    expect(databaseAddress('data', {})).toEqual({ path: 'data/jinban.db' });
    expect(databaseAddress('data', { DATABASE_URL: '' })).toEqual({ path: 'data/jinban.db' });
    const databaseUrl = `postgres://jinban:${SECRET}@db.example:6432/county`;
    expect(databaseAddress('data', { DATABASE_URL: databaseUrl })).toEqual({ databaseUrl });
  });

  test.each([
    [
      `postgres://jinban:${SECRET}@db.example:6432/county`,
      'PostgreSQL（db.example:6432 的“county”库，用户 jinban）',
    ],
    [
      `postgresql://jinban:${SECRET}@[::1]/county?sslmode=verify-full`,
      'PostgreSQL（[::1]:5432 的“county”库，用户 jinban）',
    ],
    [
      `postgres://jinban:a%40b%2F${SECRET}@db.example`,
      'PostgreSQL（db.example:5432 的“jinban”库，用户 jinban）',
    ],
    [
      'postgres:///county?host=/run/postgresql&user=jinban',
      'PostgreSQL（/run/postgresql 的“county”库，用户 jinban）',
    ],
  ])('%# is said without the password', (databaseUrl, words) => {
    expect(addressWords({ databaseUrl })).toBe(words);
    expect(addressWords({ databaseUrl })).not.toContain(SECRET);
  });

  test.each([
    'not an address',
    'mysql://root@db.example/county',
    'file:data/jinban.db',
    // a password that was not encoded: what is left of it would pass for a host or a port
    `postgres://jinban:a#b${SECRET}@db.example/county`,
    `postgres://jinban:12/${SECRET}@db.example/county`,
    `postgres://jinban:12?${SECRET}@db.example/county`,
  ])('%# is no address, which is said without quoting it', (databaseUrl) => {
    const said = ((): string => {
      try {
        databaseAddress('data', { DATABASE_URL: databaseUrl });
      } catch (error) {
        if (error instanceof DatabaseUnusable) return error.message;
      }
      return '';
    })();
    expect(said).toContain('DATABASE_URL 不是 PostgreSQL 的地址');
    expect(said).not.toContain(SECRET);
    expect(said).not.toContain('db.example');
  });

  test.each([
    ['ECONNREFUSED', '连不上 PostgreSQL（db.example:5432）'],
    ['ENOTFOUND', '连不上'],
    ['28P01', '不认用户“jinban”'],
    ['3D000', '没有“county”这个库。请先建库：createdb'],
    ['42501', '不能在“county”里建表'],
    ['53300', '用完了'],
    ['57P03', '正在启动'],
  ])('%s is said in words with a way out', (code, words) => {
    const where = whereIs('postgres://jinban@db.example/county');
    const said = explain(Object.assign(new Error(`quoting ${SECRET}`), { code }), where);
    expect(said).toBeInstanceOf(DatabaseUnusable);
    const { chinese, english } = said as DatabaseUnusable;
    expect(chinese).toContain(words);
    expect(chinese + english).not.toContain(SECRET);
  });

  test('an error that is no matter of the address stays what it is', () => {
    const bug = new TypeError('x is not a function');
    expect(explain(bug, whereIs('postgres://jinban@db.example/county'))).toBe(bug);
  });
});
