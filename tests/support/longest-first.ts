/** Test files in the order of the suite's own, but those that take longest first: at the end one would run alone. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const LONGEST = [
  'convergence/seeded-bugs.test.ts',
  'year/live-year.db.test.ts',
  'papers/paper-print.test.ts',
  'convergence/simulation.test.ts',
  'all-sites.db.test.ts',
  'scripts/run-command.test.ts',
  'workbook/read-book.test.ts',
  'photo/photo-worker.browser.test.ts',
];

const place = ({ moduleId }: TestSpecification): number => {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(name));
  return at < 0 ? LONGEST.length : at;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
