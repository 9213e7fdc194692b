import { resolve } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './scripts/chromium.ts';
import { LongestFirst } from './tests/support/longest-first.ts';

export default defineConfig({
  plugins: [sveltekit()],
  // the package's own entry wraps an ES5 bundle for pages that load it twice; this is the same release for modern browsers
  resolve: { alias: { dexie: resolve(import.meta.dirname, 'node_modules/dexie/dist/modern/dexie.mjs') } },
  // the last Chromium for Windows 7 (docs/decisions: browser floor)
  build: { target: 'chrome109', cssTarget: 'chrome109' },
  // the desk's first page and all that it imports are one file: fifty small ones cost an old PC half a second, asked for
  // one level after the other (docs/decisions/0013)
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: 'desk', test: /src[\\/]routes[\\/]desk[\\/]\+(page|layout)\.svelte$/, priority: 2 },
                { name: 'parts', test: /src[\\/]lib[\\/]ui[\\/][^\\/]+$/, priority: 1 },
                {
                  name: 'rules',
                  test: /src[\\/]lib[\\/](client[\\/](state|store)|domain)[\\/][^\\/]+$/,
                  minShareCount: 4,
                },
              ],
            },
          },
        },
      },
    },
  },
  // found late, these would reload a browser test in the middle
  optimizeDeps: { include: ['dexie', 'comlink', 'uuid', 'valibot', 'hash-wasm', 'zxing-wasm/reader'] },
  // one file per worker: chunks of a worker are not in the precache list; nobody bundles it once more
  worker: {
    format: 'es',
    rolldownOptions: { output: { codeSplitting: false, comments: { annotation: false } } },
  },
  test: {
    // a noisy machine must not fail what only has to become true
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/convergence/**/*.test.ts'],
          exclude: ['src/**/*.browser.test.ts', '**/*.db.test.ts'],
          setupFiles: ['tests/support/property-seed.ts'],
          // a noisy machine must not fail a property test
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          environment: 'node',
          include: ['src/**/*.db.test.ts', 'scripts/**/*.db.test.ts'],
          // what only PostgreSQL can show; npm test says plainly when it took no part
          exclude: process.env.TEST_DATABASE_URL ? [] : ['**/*.postgres.db.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: chromiumArgs } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
