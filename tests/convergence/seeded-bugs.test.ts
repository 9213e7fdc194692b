/**
 * The simulation can fail: each of the mistakes that such systems are known for is put into the production source while
 * it loads, and is found within a few runs and told as a small story. The same seeds pass without it.
 */
import { expect, test } from 'vitest';
import { BUGS } from './seeded-bugs.ts';
import { simulate } from './simulate-once.ts';

const LIMIT = 180_000;
/** Runs within which each is found. */
const RUNS = 60;
const FIRST = ['--seed', '1', '--workers', '1'];
/** Runs that it took, by bug. */
let most = 0;

test.each(Object.entries(BUGS))(
  'found: %s',
  async (bug, { breaks, what }) => {
    const { report, said, code } = await simulate(
      ...[...FIRST, '--runs', String(RUNS), '--bug', bug, '--stop', '--shrink', '60'],
    );
    expect(report.violations, what).toBe(1);
    expect(breaks).toContain(report.invariants[0]);
    expect(report.steps[0]).toBeLessThan(40);
    expect(said.trimEnd().split('\n').at(-1)).toBe('violations: 1');
    expect(code).toBe(1);
    most = Math.max(most, report.runs);
  },
  LIMIT,
);

test(
  'not found where there is none: the same seeds pass',
  async () => {
    const { report, code } = await simulate('--seed', '1', '--runs', String(Math.max(1, most)));
    expect(report).toMatchObject({ violations: 0, runs: Math.max(1, most) });
    expect(code).toBe(0);
  },
  LIMIT,
);
