/**
 * npm run simulate -- [--seed N] [--devices M] [--steps K] [--runs R] [--minutes T]
 * Many devices and an office in one process, over memory, on a line and a clock that follow from the seed
 * (docs/decisions/0020-simulation.md). A seed is printed with whatever fails, and replays it exactly; the last line says
 * how many promises were broken.
 *   --runs R       seeds N, N+1, …; 1 when a seed is given, else 200      --minutes T  the long mode: for so long
 *   --story        tells what happened in each run                        --bug NAME   with a seeded bug
 *   --workers W    threads; all processors if not said                    --report F   writes figures and hashes there
 *   --stop         ends with the first violation                          --shrink S   in so many runs at most, 400
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Simulated } from '../tests/convergence/simulate-seeds.ts';
import type { SeedOrder, WorkerOrder } from '../tests/convergence/simulate-worker.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    ...{
      seed: text,
      devices: text,
      steps: text,
      runs: text,
      minutes: text,
      workers: text,
      bug: text,
      report: text,
    },
    shrink: text,
    story: { type: 'boolean' },
    stop: { type: 'boolean' },
  },
});

function number(
  name: 'seed' | 'devices' | 'steps' | 'runs' | 'minutes' | 'workers' | 'shrink',
  otherwise: number,
): number {
  const given = values[name];
  const value = given === undefined ? otherwise : Number(given);
  if (Number.isFinite(value) && value >= 0 && (name === 'minutes' || Number.isInteger(value))) return value;
  console.error(`--${name} 要一个数，不是 ${given}`);
  process.exit(2);
}

const first = number('seed', Math.floor(Math.random() * 2 ** 31));
const order: WorkerOrder = {
  devices: number('devices', 4),
  steps: number('steps', 40),
  shrinking: number('shrink', 400),
  bug: values.bug ?? null,
};
const endAt = values.minutes === undefined ? Infinity : performance.now() + number('minutes', 0) * 60_000;
const runs = endAt < Infinity ? Infinity : number('runs', values.seed === undefined ? 200 : 1);
const threads = Math.max(1, Math.min(number('workers', availableParallelism()), runs));

/** Failures that are made small: more of them are the same one, or a broken program. */
const SHRUNK = 3;
const results: Simulated[] = [];
const failed = (): number => results.filter(({ failure }) => failure !== null).length;
const began = performance.now();

function tell(simulated: Simulated): void {
  const { seed, failure, story } = simulated;
  // the stories of a hundred thousand runs would fill the memory
  results.push({ ...simulated, story: [] });
  if (values.story && !failure) console.log(`\n种子 ${seed}\n${story.join('\n')}`);
  if (results.length % 500 === 0) console.log(`${results.length} runs …`);
  if (!failure) return;
  const { what, steps, shrinking } = failure;
  console.log(`\nviolation ${what}`);
  console.log(
    `  seed ${seed}: npm run simulate -- --seed ${seed} --devices ${order.devices} --steps ${order.steps}`,
  );
  console.log(`  shrunk to ${steps.length} steps in ${shrinking} runs: ${steps.join(', ')}`);
  console.log(failure.story.map((line) => `    ${line}`).join('\n'));
}

/** Seeds go to whichever thread is free. */
function thread(next: () => number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../tests/convergence/simulate-worker.ts', import.meta.url), {
      workerData: order,
    });
    worker.on('message', (message: 'ready' | Simulated) => {
      if (message !== 'ready') tell(message);
      const seed = next();
      if (seed !== null) worker.postMessage({ seed, shrinks: failed() < SHRUNK } satisfies SeedOrder);
      else void worker.terminate().then(() => resolve());
    });
    worker.once('error', reject);
  });
}

let handed = 0;
const isOver = (): boolean => values.stop === true && failed() > 0;
const next = (): number | null =>
  handed < runs && performance.now() < endAt && !isOver() ? first + handed++ : null;
await Promise.all(Array.from({ length: threads }, () => thread(next)));

const figures: Record<string, number> = {};
for (const { figures: its, events } of results)
  for (const [name, value] of Object.entries({ events, ...its }))
    figures[name] = (figures[name] ?? 0) + value;
const seconds = (performance.now() - began) / 1000;
const failures = results.flatMap(({ failure }) => failure ?? []);
const violations = failures.length;
if (values.report !== undefined) {
  const hashes = results.sort((a, b) => a.seed - b.seed).map(({ hash }) => hash);
  const invariants = failures.map(({ invariant }) => invariant);
  const steps = failures.map((failure) => failure.steps.length);
  const report = { runs: results.length, violations, invariants, steps, seconds, figures, hashes };
  writeFileSync(values.report, JSON.stringify(report));
}
console.log(
  `\nseeds ${first}–${first + results.length - 1}, ${order.devices} devices, ${order.steps} steps: ` +
    `${results.length} runs in ${seconds.toFixed(1)} s, ${(results.length / seconds).toFixed(1)} a second`,
);
console.log(
  Object.entries(figures)
    .map(([name, value]) => `${value} ${name}`)
    .join(', '),
);
console.log(`violations: ${violations}`);
process.exitCode = violations > 0 || results.length === 0 ? 1 : 0;
