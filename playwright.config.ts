/**
 * Journeys: one file per person's story, in a real Chromium against the built application. Three at a time: each has an
 * office, databases and folders of its own and mostly waits, also on two cores.
 */
import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from './scripts/chromium.ts';

/** What only PostgreSQL can show is chosen where there is one, and said to be missing where there is none. */
const postgres = Boolean(process.env.TEST_DATABASE_URL);
if (!postgres && process.env.TEST_WORKER_INDEX === undefined)
  console.log('未设 TEST_DATABASE_URL：PostgreSQL 的流程没有跑（*.postgres.spec.ts）');

/**
 * What happened, frame by frame, for looking into a failure: `TRACE=1 npx playwright test NAME`. A third of the processors'
 * time, so it is asked for.
 */
const trace = process.env.TRACE ? 'retain-on-failure' : 'off';

/** Browser and office killed at many points, lines and storage in trouble: ten minutes of their own, `npm run faults`. */
const faults = Boolean(process.env.FAULTS);

export default defineConfig({
  testDir: 'tests/journeys',
  globalSetup: './tests/support/journeys-begin.ts',
  testIgnore: [...(postgres ? [] : ['**/*.postgres.spec.ts']), ...(faults ? [] : ['**/fault-*.spec.ts'])],
  outputDir: 'test-results',
  // for what hangs: on a busy machine the longest story has taken four minutes
  timeout: 420_000,
  expect: { timeout: 20_000 },
  // stop by ourselves, with a report, before run-tests kills the run
  globalTimeout: 2_340_000,
  workers: 3,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    serviceWorkers: 'allow',
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace,
    launchOptions: { executablePath: chromiumPath(), args: chromiumArgs },
  },
});
