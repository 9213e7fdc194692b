/** Runs scripts/simulate.ts in a process of its own, as a person does, and reads its report. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { projectEnv } from '../../scripts/run-command.ts';

export interface Report {
  runs: number;
  violations: number;
  /** One for each violation. */
  invariants: string[];
  /** Steps of the smallest story that was found, for each violation. */
  steps: number[];
  figures: Record<string, number>;
  /** Of everything that happened, by seed. */
  hashes: string[];
}

export interface Outcome {
  report: Report;
  said: string;
  code: number | null;
}

export function simulate(...options: string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-simulate-'));
  const file = join(folder, 'report.json');
  const script = resolve('scripts/simulate.ts');
  return new Promise((settle, reject) => {
    const child = execFile(
      'node',
      [script, '--report', file, ...options],
      { env: projectEnv(), maxBuffer: 2 ** 26 },
      (_error, said, complained) => {
        try {
          const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
          settle({ report, said, code: child.exitCode });
        } catch {
          reject(new Error(`the simulation left no report: ${complained}`));
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
    );
  });
}
