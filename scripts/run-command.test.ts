import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from './run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'jinban-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // a killed process that nobody has waited for yet is dead all the same
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

/** A program that starts a child which would live for ever, writes its pid to `file`, then goes on as told. */
const parent = (file: string, then: string): [string, string, string] => [
  'node',
  '-e',
  `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
   require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid)); ${then}`,
];

describe('a command of the project', () => {
  it('gives back its exit code', async () => {
    expect(await runCommand(['node', '-e', 'process.exit(7)'], 20)).toMatchObject({
      code: 7,
      timedOut: false,
    });
  });

  it('runs on Node 24 whatever the machine has', async () => {
    const ok = "process.exit(Number(process.versions.node.split('.')[0]) >= 24 ? 0 : 1)";
    expect(await runCommand(['node', '-e', ok], 20)).toMatchObject({ code: 0 });
  });

  it('is a failure, not a crash of ours, when it does not exist', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(await runCommand(['no-such-program-of-ours'], 20)).toMatchObject({ code: null, timedOut: false });
    expect(console.error).toHaveBeenCalledOnce();
  });

  it('is killed at its limit, with everything it started', { timeout: 30_000 }, async () => {
    const file = join(folder, 'hangs');
    expect(await runCommand(parent(file, ''), 4)).toMatchObject({ code: null, timedOut: true });
    await vi.waitFor(() => expect(isAlive(Number(readFileSync(file, 'utf8')))).toBe(false));
  });

  it('is killed soon after its limit even when it does not listen', { timeout: 30_000 }, async () => {
    const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
    const { code, timedOut, seconds } = await runCommand(['node', '-e', deaf], 1);
    expect({ code, timedOut }).toEqual({ code: null, timedOut: true });
    expect(seconds).toBeLessThan(15);
  });

  it('ends with the script that runs it, when that is interrupted', { timeout: 30_000 }, async () => {
    const file = join(folder, 'inner');
    const module = JSON.stringify(join(import.meta.dirname, 'run-command.ts'));
    const inner = `import(${module}).then(({ runCommand }) => runCommand(${JSON.stringify(parent(file, ''))}, 60))`;
    expect(await runCommand(['node', '-e', inner], 6)).toMatchObject({ code: null, timedOut: true });
    await vi.waitFor(() => expect(isAlive(Number(readFileSync(file, 'utf8')))).toBe(false));
  });

  it('leaves nothing behind when it ends by itself', async () => {
    const file = join(folder, 'leaves');
    expect(await runCommand(parent(file, 'process.exit(0)'), 20)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(isAlive(Number(readFileSync(file, 'utf8')))).toBe(false));
  });
});
