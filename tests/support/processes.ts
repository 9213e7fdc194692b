/** The processes of this machine and whose children they are, from /proc: so on Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  pid: number;
  parent: number;
  command: string;
  /** Hundredths of a second that it has worked. */
  worked: number;
}

export function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        const worked = Number(fields[11]) + Number(fields[12]);
        return [{ pid: Number(name), parent: Number(fields[1]), command, worked }];
      } catch {
        // it ended while we looked
        return [];
      }
    });
}

/** Those that descend from a process, itself among them. */
export function familyOf(ancestor: number, all = processes()): Process[] {
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
  const descends = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === ancestor || (pid > 1 && descends(parents.get(pid))));
  return all.filter(({ pid }) => descends(pid));
}
