/** The same sources built once more under another version, for journeys that update the program; kept while fresh. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from '../../scripts/run-command.ts';

const root = resolve(import.meta.dirname, '../..');
const NEXT = join(root, 'node_modules/.cache/jinban/build-next');

/** The folder of the next version; builds it when a source has changed (a minute or two). */
export async function nextBuild(): Promise<string> {
  const { code } = await runCommand(['node', join(root, 'scripts/build.ts'), '--if-stale'], 300, {
    APP_VERSION: 'next',
    BUILD_DIR: NEXT,
  });
  if (code !== 0) throw new Error('the next version could not be built');
  return NEXT;
}

/** The version that people see under 同步 → 程序. */
export const versionOf = (buildDir: string): string =>
  (
    JSON.parse(readFileSync(resolve(root, buildDir, 'client/_app/version.json'), 'utf8')) as {
      version: string;
    }
  ).version;
