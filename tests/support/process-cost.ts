/** What processes have cost until now, as Linux counts it under /proc: CPU time, and memory at its highest. */
import { readFileSync } from 'node:fs';

/** Ticks a second, everywhere on Linux. */
const HERTZ = 100;

/** Milliseconds of CPU of a process and its threads, in user and kernel; 0 when it is gone. */
export function cpuOf(pid: number): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const fields = rest.split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / HERTZ;
  } catch {
    return 0;
  }
}

/** Megabytes of memory that a process had at most. */
export function peakMemory(pid: number): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
