/**
 * Builds the reading thread (src/lib/server/threads/sync-thread.ts) as a file of its own beside what Kit builds. Packages
 * that the server imports at run time stay outside, all others are bundled, as Kit's adapter does it.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig } from 'vite';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
};

export default defineConfig({
  build: {
    ssr: true,
    outDir: join(process.env.BUILD_DIR ?? 'build', 'threads'),
    emptyOutDir: true,
    target: 'node24',
    rolldownOptions: {
      input: { 'sync-thread': resolve('src/lib/server/threads/sync-thread.ts') },
      output: { codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: Object.keys(dependencies) },
});
