/** npm run training as a person runs it: says what is missing, opens, empties, and leaves real work alone. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'jinban-training-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A script in a process of its own, without a terminal, on the SQLite of the directory. */
function run(script: string, options: readonly string[], more: Record<string, string> = {}) {
  const { DATABASE_URL: _, ...rest } = process.env;
  const child = spawn(process.execPath, [`scripts/${script}.ts`, ...options], {
    env: { ...rest, DATA_DIR: directory, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
}

test('opens a county that was set up, tells its stations, empties one, and refuses a real place', async () => {
  const PASS = { TRAINING_PASSPHRASE: '练习口令 一二三四五' };
  const early = await run('training', ['--county', '410526'], PASS);
  expect([early.code, early.said]).toEqual([1, expect.stringContaining('还没有建')]);
  const setup = { SETUP_COUNTY: '410526', SETUP_ADMIN: '赵示范', SETUP_PASSPHRASE: '示例口令 一二三四五' };
  expect((await run('setup', [], setup)).code).toBe(0);

  expect((await run('training', [])).said).toContain('用法');
  expect((await run('training', ['--county', '410526'])).said).toContain('用法');
  expect((await run('training', ['--county', '410526'], { TRAINING_PASSPHRASE: '短' })).said).toContain(
    '口令太短',
  );
  expect((await run('training', ['--county', '410527'], PASS)).said).toContain('没有启用这个县');

  const opened = await run('training', ['--county', '410526'], PASS);
  expect(opened.code).toBe(0);
  expect(opened.said).toContain('练习站已开，共 23 个');
  expect(opened.said).toContain('990526102900  （练习）白道口镇练习站');
  // this county has published nothing yet
  expect(opened.said).toContain('还没有发布事项');
  const code = await run('enrol', ['--site', '990526102900']);
  expect(code.said).toMatch(/（练习）白道口镇练习站（990526102900）的登记码：[2-9A-Z]{4}-[2-9A-Z]{4}/);

  const emptied = await run('training', ['--empty', '990526102900']);
  expect([emptied.code, emptied.said]).toEqual([0, expect.stringContaining('删去 0 件练习件')]);
  const real = await run('training', ['--empty', '410526102213']);
  expect([real.code, real.said]).toEqual([1, expect.stringContaining('不是练习站')]);
}, 120_000);
