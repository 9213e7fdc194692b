/**
 * One hash over everything a build is made from. It tells whether build/ is stale, and it is the version a
 * device sees: the same sources always give the same version, so that nobody is asked to update for nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const inputs = [
  'src',
  'static',
  'csp.js',
  'package-lock.json',
  'package.json',
  'svelte.config.js',
  'tsconfig.json',
  'vite.config.ts',
];

/** Tests are no part of a build. */
const isInput = (path: string): boolean => !/\.(test|bench)\.ts$/.test(path);

const filesOf = (path: string): string[] => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
};

/** SHA-256 in hex over the names and contents of all inputs under `root`. */
export function sourceHash(root = '.'): string {
  const hash = createHash('sha256');
  for (const input of inputs)
    for (const file of filesOf(join(root, input)).filter(isInput).sort()) {
      hash.update(`${relative(root, file)}\0`);
      hash.update(readFileSync(file));
    }
  return hash.digest('hex');
}
