/**
 * Runs one command of the project under a hard time limit. The command gets a process group of its own, so
 * that nothing it started outlives it: not after the limit, and not when we are interrupted. A group is asked
 * first (SIGTERM), because a command may be one of our own scripts with groups to end itself.
 */
import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

export interface Outcome {
  /** Exit code; null when it was killed, or could not be started. */
  code: number | null;
  timedOut: boolean;
  seconds: number;
}

const bin = resolve(import.meta.dirname, '..', 'node_modules', '.bin');
const running = new Set<number>();

const killGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // it has ended meanwhile
  }
};

/** Longer outside than inside, so that a script of ours can end its own commands before it is killed. */
const graceAtLimit = 6_000;
const graceAtInterrupt = 3_000;
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (interrupted) return;
    interrupted = true;
    if (running.size === 0) process.exit(1);
    for (const pid of running) killGroup(pid, 'SIGTERM');
    setTimeout(() => {
      for (const pid of running) killGroup(pid, 'SIGKILL');
      process.exit(1);
    }, graceAtInterrupt);
  });

/** The environment with node_modules/.bin first, so that `node` is Node 24 and tools are the locked ones. */
export const projectEnv = (extra: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  ...extra,
});

/**
 * @param command program and arguments; the program is looked up in node_modules/.bin first
 * @param limit seconds until the whole process group is killed
 * @param hear what it prints, instead of its being printed: for commands that run beside each other
 */
export function runCommand(
  command: readonly [string, ...string[]],
  limit: number,
  env: Record<string, string> = {},
  hear?: (printed: Buffer) => void,
): Promise<Outcome> {
  const started = performance.now();
  return new Promise((settle) => {
    const child = spawn(command[0], command.slice(1), {
      stdio: hear ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      env: projectEnv(env),
      detached: process.platform !== 'win32',
    });
    if (hear) for (const stream of [child.stdout, child.stderr]) stream?.on('data', hear);
    const { pid } = child;
    let timedOut = false;
    if (pid !== undefined) running.add(pid);
    let timer = setTimeout(() => {
      timedOut = true;
      if (pid === undefined) return;
      killGroup(pid, 'SIGTERM');
      timer = setTimeout(() => killGroup(pid, 'SIGKILL'), graceAtLimit);
    }, limit * 1000);
    const done = (code: number | null): void => {
      clearTimeout(timer);
      if (pid !== undefined) {
        running.delete(pid);
        // what the command left behind goes with it
        killGroup(pid, 'SIGKILL');
      }
      if (interrupted && running.size === 0) process.exit(1);
      settle({ code: timedOut ? null : code, timedOut, seconds: (performance.now() - started) / 1000 });
    };
    child.once('error', (error) => {
      console.error(`${command[0]}: ${error.message}`);
      done(null);
    });
    // what it printed is read to its end
    child.once(hear ? 'close' : 'exit', done);
  });
}
