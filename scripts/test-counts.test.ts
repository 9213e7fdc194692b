import { describe, expect, it } from 'vitest';
import {
  fromPlaywright,
  fromVitest,
  journeysOnPostgres,
  line,
  onPostgres,
  settled,
  sum,
  type VitestReport,
} from './test-counts.ts';

const report = (over: Partial<VitestReport> = {}): VitestReport => ({
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    {
      name: 'a.db.test.ts',
      status: 'passed',
      assertionResults: [
        { fullName: 'receipts on sqlite keep', status: 'passed' },
        { fullName: 'receipts on postgres keep', status: 'passed' },
      ],
    },
  ],
  ...over,
});

describe('what vitest reports', () => {
  it('counts passed and failed tests', () => {
    expect(fromVitest(report({ numFailedTests: 3 }))).toEqual({ passed: 2, failed: 3 });
  });

  it('counts a skipped or planned test as failed', () => {
    expect(fromVitest(report({ numPendingTests: 1, numTodoTests: 1 })).failed).toBe(2);
  });

  it('counts a file that did not load', () => {
    const broken = { name: 'b.test.ts', status: 'failed', assertionResults: [] };
    expect(fromVitest(report({ testResults: [broken] })).failed).toBe(1);
  });

  it('does not count a failed test twice, as test and as file', () => {
    const file = { name: 'c', status: 'failed', assertionResults: [{ fullName: 'x', status: 'failed' }] };
    expect(fromVitest(report({ numFailedTests: 1, testResults: [file] })).failed).toBe(1);
  });

  it('knows which tests ran on PostgreSQL', () => {
    expect(onPostgres(report())).toBe(1);
  });
});

describe('what Playwright reports', () => {
  it('counts flaky and skipped journeys, and errors outside of tests, as failed', () => {
    const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 };
    expect(fromPlaywright({ stats, errors: [{}], suites: [] })).toEqual({ passed: 4, failed: 4 });
  });

  it('knows which journeys passed on PostgreSQL', () => {
    const stats = { expected: 2, unexpected: 1, flaky: 0, skipped: 0 };
    const suites = [
      { file: 'main-story.spec.ts', specs: [{ ok: true }] },
      { file: 'main-story.postgres.spec.ts', specs: [{ ok: true }, { ok: false }] },
    ];
    expect(journeysOnPostgres({ stats, errors: [], suites })).toBe(1);
  });
});

describe('how a suite ended', () => {
  it('is a failure when it left no report', () => {
    expect(settled(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it('is a failure when it crashed after all tests had passed', () => {
    expect(settled({ passed: 5, failed: 0 }, 1)).toEqual({ passed: 5, failed: 1 });
    expect(settled({ passed: 5, failed: 0 }, null)).toEqual({ passed: 5, failed: 1 });
  });

  it('is a failure when no test ran at all', () => {
    expect(settled({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
  });

  it('does not add to failures that are counted already', () => {
    expect(settled({ passed: 5, failed: 2 }, 1)).toEqual({ passed: 5, failed: 2 });
  });
});

it('adds up all suites into the one closing line', () => {
  const total = sum([
    { passed: 10, failed: 0 },
    { passed: 3, failed: 2 },
  ]);
  expect(line(total)).toBe('13 passed, 2 failed');
});
