/**
 * Reads what vitest and Playwright report as JSON into one shape and adds it up. Doubt counts as failure: a
 * crash, a file that did not load, a skipped test, a suite without tests.
 */

export interface Counts {
  passed: number;
  failed: number;
}

/** What we read of vitest's `--reporter=json`. */
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/** What we read of Playwright's JSON reporter. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
  /** One for each file. */
  suites: { file: string; specs: { ok: boolean }[] }[];
}

export const fromVitest = (report: VitestReport): Counts => {
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded.length,
  };
};

export const fromPlaywright = ({ stats, errors }: PlaywrightReport): Counts => ({
  passed: stats.expected,
  failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
});

/** How many tests of the report passed on PostgreSQL: their names say so. */
export const onPostgres = (report: VitestReport): number =>
  report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'passed' && /postgres/i.test(test.fullName)).length;

/** How many journeys of the report passed on PostgreSQL: their files say so. */
export const journeysOnPostgres = ({ suites }: PlaywrightReport): number =>
  suites
    .filter(({ file }) => file.endsWith('.postgres.spec.ts'))
    .flatMap(({ specs }) => specs)
    .filter(({ ok }) => ok).length;

/**
 * The counts of one suite, given how its process ended.
 * @param counts undefined when it left no report
 */
export function settled(counts: Counts | undefined, code: number | null): Counts {
  if (!counts) return { passed: 0, failed: 1 };
  const silent = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return silent ? { ...counts, failed: 1 } : counts;
}

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
});

/** The one closing line. */
export const line = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;
