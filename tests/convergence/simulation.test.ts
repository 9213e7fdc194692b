/** What the simulation promises of itself; that it finds mistakes is shown in seeded-bugs.test.ts. */
import { expect, test } from 'vitest';
import { simulate } from './simulate-once.ts';

const LIMIT = 120_000;

test(
  'a seed replays exactly, in another process and beside other runs',
  async () => {
    const both = await Promise.all([
      simulate('--seed', '100', '--runs', '8', '--workers', '1'),
      simulate('--seed', '100', '--runs', '8', '--workers', '2'),
    ]);
    const [alone, beside] = both.map(({ report }) => report);
    expect(alone!.hashes).toHaveLength(8);
    expect(new Set(alone!.hashes).size).toBe(8);
    expect(beside!.hashes).toEqual(alone!.hashes);
    // one of them alone
    const { report } = await simulate('--seed', '105');
    expect(report.hashes).toEqual([alone!.hashes[5]]);
  },
  LIMIT,
);

test(
  'it ends with one line that says how many promises were broken, and tells its seeds',
  async () => {
    const { said, code } = await simulate('--seed', '7', '--devices', '7', '--steps', '12');
    expect(said.trimEnd().split('\n').at(-1)).toBe('violations: 0');
    expect(said).toContain('seeds 7–7, 7 devices, 12 steps: 1 runs');
    expect(code).toBe(0);
  },
  LIMIT,
);

test(
  'crashes, restores, lost answers and photos really happen in it',
  async () => {
    const { report } = await simulate('--seed', '1', '--runs', '25');
    for (const what of ['commands', 'answers', 'crashes', 'restores', 'photos'])
      expect(report.figures[what], what).toBeGreaterThan(0);
    // more arrives than is made, because things are sent again
    expect(report.figures.deliveries).toBeGreaterThan(report.figures.commands!);
  },
  LIMIT,
);
