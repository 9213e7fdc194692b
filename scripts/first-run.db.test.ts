/** setup and enrol as a person runs them, on the SQLite of a directory and on the PostgreSQL of DATABASE_URL. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryDatabase, testServer } from '../tests/support/temporary-database.ts';

const SECRET = 'geheim-4711';
const directory = mkdtempSync(join(tmpdir(), 'jinban-first-run-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Run {
  code: number | null;
  said: string;
}

/** A script in a process of its own, without a terminal. */
function run(script: string, options: readonly string[], env: Record<string, string>): Promise<Run> {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...options], {
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

/** The test server as somebody with a password knows it. */
function withSecret(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = SECRET;
  return url.href;
}

const SETUP = { SETUP_COUNTY: '410526', SETUP_ADMIN: '赵示范', SETUP_PASSPHRASE: '示例口令 一二三四五' };
const SITE = ['--site', '410526102213'];

/** Set up once, refused the second time; a code for a site; the database is named, and no password. */
async function firstRun(env: Record<string, string>, database: string): Promise<void> {
  const early = await run('enrol', SITE, env);
  expect(early.code).toBe(1);
  const done = await run('setup', [], { ...env, ...SETUP });
  expect(done.said).toContain(`滑县已启用`);
  expect(done.said).toContain(database);
  expect(done.code).toBe(0);
  const again = await run('setup', [], { ...env, ...SETUP });
  expect(again).toEqual({ code: 1, said: '这个县已经启用过了，没有做任何改动。\n' });
  const code = await run('enrol', SITE, env);
  expect(code.said).toMatch(/登记码：[2-9A-Z]{4}-[2-9A-Z]{4}/);
  expect(code.said).toContain(`数据库：${database}`);
  for (const { said } of [early, done, again, code]) expect(said).not.toContain(SECRET);
}

function lineageOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  const { id } = db.prepare('select id from lineage').get() as { id: string };
  db.close();
  return id;
}

describe('the first run [sqlite]', () => {
  test('sets a county up in a directory, and makes a code for a site there', async () => {
    await firstRun({ DATA_DIR: directory }, `SQLite（${join(directory, 'jinban.db')}）`);
  });

  test('a backup is whole and overwrites nothing; put back and told of, the office has a new lineage', async () => {
    const [env, to] = [{ DATA_DIR: join(directory, 'kept') }, join(directory, 'backup.db')];
    const [live, copy] = [join(env.DATA_DIR, 'jinban.db'), to];
    expect((await run('backup', ['--to', to], env)).code).toBe(1);
    await run('setup', [], { ...env, ...SETUP });
    const done = await run('backup', ['--to', to], env);
    expect([done.code, done.said]).toEqual([0, expect.stringContaining('通过了完整性检查')]);
    expect((await run('backup', ['--to', to], env)).said).toContain('没有覆盖它');
    expect(lineageOf(copy)).toBe(lineageOf(live));

    copyFileSync(copy, live);
    const told = await run('restored', [], env);
    expect([told.code, told.said]).toEqual([0, expect.stringContaining('已记下这是恢复的数据')]);
    expect(lineageOf(live)).not.toBe(lineageOf(copy));
  });

  test('DATABASE_URL that is no address is refused in Chinese, whatever is to be done with it', async () => {
    const env = { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1/county` };
    const runs = [
      await run('setup', [], { ...env, ...SETUP }),
      await run('enrol', SITE, env),
      await run('demo', ['--no-start'], env),
    ];
    for (const { code, said } of runs) {
      expect([code, said]).toEqual([1, expect.stringContaining('DATABASE_URL 不是 PostgreSQL 的地址')]);
      expect(said).not.toContain(SECRET);
    }
  });

  test('a directory and a DATABASE_URL together are refused: nobody knows which is meant', async () => {
    const env = { DATABASE_URL: 'postgres://127.0.0.1:1/county' };
    const { code, said } = await run('enrol', [...SITE, '--data-dir', directory], env);
    expect([code, said]).toEqual([1, expect.stringContaining('请去掉一个')]);
  });
});

if (testServer) {
  describe('the first run [postgres]', () => {
    test('sets a county up in the database, and makes a code for a site there', async () => {
      await using database = await temporaryDatabase();
      const { host, pathname, username } = new URL(database.url);
      const words = `PostgreSQL（${host} 的“${pathname.slice(1)}”库，用户 ${username}）`;
      const env = { DATABASE_URL: withSecret(database.url), DATA_DIR: directory };
      await firstRun(env, words);
      const backup = await run('backup', ['--to', 'b.dump'], env);
      expect([backup.code, backup.said]).toEqual([
        1,
        expect.stringContaining('pg_dump --format=custom --host'),
      ]);
      const told = await run('restored', [], env);
      expect([told.code, told.said]).toEqual([0, expect.stringContaining(words)]);
      for (const { said } of [backup, told]) expect(said).not.toContain(SECRET);
    });

    test('a server that does not answer ends every script with 1 and a way out', async () => {
      const url = new URL(withSecret(testServer ?? ''));
      url.port = '1';
      const env = { DATABASE_URL: url.href, DATA_DIR: directory };
      const runs = [
        await run('setup', [], { ...env, ...SETUP }),
        await run('enrol', SITE, env),
        await run('demo', ['--no-start'], env),
      ];
      for (const { code, said } of runs) {
        expect([code, said]).toEqual([1, expect.stringContaining('连不上 PostgreSQL')]);
        expect(said).not.toContain(SECRET);
      }
    });
  });
}
