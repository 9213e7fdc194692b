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

/** The thread that reads workbooks is a program of its own (server/workbook/run-worker.ts); packages stay outside it. */
const buildWorkbookWorker = (): Promise<unknown> =>
  build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: 'src/lib/server/workbook/reader-worker.ts',
      outDir: out,
      emptyOutDir: false,
      copyPublicDir: false,
      rolldownOptions: { output: { entryFileNames: 'workbook-worker.js', codeSplitting: false } },
    },
  });

const isFresh = existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash;
if (process.argv.includes('--if-stale') && isFresh) {
  console.log(`${out}/ 已是最新，不必重新构建`);
} else {
  const version = process.env.APP_VERSION ?? hash.slice(0, 12);
  const app = await runCommand(['vite', 'build'], 300, { APP_VERSION: version });
  const { code, timedOut, seconds } =
    app.code === 0 ? await runCommand(['vite', 'build', '--config', 'thread.vite.config.ts'], 60) : app;
  if (code === 0) {
    await buildWorkbookWorker();
    writeFileSync(join(out, 'client-manifest.json'), JSON.stringify(await builtClient()));
    writeFileSync(hashFile, hash);
    console.log(`构建完成：${out}/，版本 ${version}，${(app.seconds + seconds).toFixed(1)} 秒`);
  } else {
    console.error(timedOut ? '构建超过 5 分钟，已停止' : '构建失败，原因见上');
    process.exitCode = 1;
  }
}
