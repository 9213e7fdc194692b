/**
 * Builds the application into BUILD_DIR (default build). Options: --if-stale builds only when a source has
 * changed since the last build. APP_VERSION, where set, overrides the version derived from the sources.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { BuiltClient, KitRoute } from './page-size.ts';
import { runCommand } from './run-command.ts';
import { sourceHash } from './source-hash.ts';

const out = process.env.BUILD_DIR ?? 'build';
const hashFile = join(out, '.source-hash');
const hash = sourceHash();

/** What the build knows about its pages and their files, for `npm run size`: the adapter does not keep it. */
async function builtClient(): Promise<BuiltClient> {
  const output = resolve('.svelte-kit/output');
  const kit: { manifest: { _: { routes: KitRoute[] } } } = await import(
    pathToFileURL(join(output, 'server/manifest-full.js')).href
  );
  return {
    manifest: JSON.parse(readFileSync(join(output, 'client/.vite/manifest.json'), 'utf8')),
    routes: kit.manifest._.routes.map(({ id, page }) => ({ id, page })),
  };
}

/** A thread of the office, which is a program of its own; what the server imports at run time stays outside it. */
const buildThread = (entry: string, file: string): Promise<unknown> => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
  return build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: file, codeSplitting: false } },
    },
    ssr: { noExternal: true, external: Object.keys(dependencies) },
  });
};

const isFresh = existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash;
if (process.argv.includes('--if-stale') && isFresh) {
  console.log(`${out}/ 已是最新，不必重新构建`);
} else {
  const version = process.env.APP_VERSION ?? hash.slice(0, 12);
  const { code, timedOut, seconds } = await runCommand(['vite', 'build'], 300, { APP_VERSION: version });
  if (code === 0) {
    // server/workbook/run-worker.ts, server/threads/start-threads.ts
    await buildThread('src/lib/server/workbook/reader-worker.ts', 'workbook-worker.js');
    await buildThread('src/lib/server/threads/sync-thread.ts', 'sync-thread.js');
    writeFileSync(join(out, 'client-manifest.json'), JSON.stringify(await builtClient()));
    writeFileSync(hashFile, hash);
    console.log(`构建完成：${out}/，版本 ${version}，${seconds.toFixed(1)} 秒`);
  } else {
    console.error(timedOut ? '构建超过 5 分钟，已停止' : '构建失败，原因见上');
    process.exitCode = 1;
  }
}
