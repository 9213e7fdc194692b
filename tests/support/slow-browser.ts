/**
 * A browser on an old computer: its renderers run a quarter of the time, workers and all. (Chromium's own throttling slows the
 * main thread only.) Finds them in /proc, so on Linux only.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { familyOf } from './processes.ts';

const SLICE_MS = 5;

/** Renderers of browsers that this process started. */
export const renderers = (): number[] =>
  familyOf(process.pid)
    .filter(({ command }) => command.includes('--type=renderer'))
    .map(({ pid }) => pid);

/** The most memory that one of them ever held, in MB. */
export function peakMemory(pids: readonly number[]): number {
  const peaks = pids.map((pid) => {
    const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kb ?? 0) / 1024;
  });
  return Math.max(0, ...peaks);
}

/** Runs `work` with these processes `times` as slow. */
export async function slowed<T>(pids: readonly number[], times: number, work: () => Promise<T>): Promise<T> {
  if (times === 1) return work();
  let ended = false;
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of pids) process.kill(pid, name);
  };
  const rhythm = (async () => {
    while (!ended) {
      signal('SIGSTOP');
      await pause(SLICE_MS * (times - 1));
      signal('SIGCONT');
      await pause(SLICE_MS);
    }
  })();
  try {
    return await work();
  } finally {
    ended = true;
    await rhythm;
  }
}
