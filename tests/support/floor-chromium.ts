/**
 * The browser floor for real: Chromium 109, unpacked from the npm package @sparticuz/chromium once and kept in
 * node_modules/.cache. It is a headless build and starts with the same arguments as any (scripts/chromium.ts).
 */
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

const root = resolve(import.meta.dirname, '../..');
const packed = join(root, 'node_modules/@sparticuz/chromium/bin/chromium.br');
const cache = join(root, 'node_modules/.cache/chromium-109.0.6');

/** The path of the executable; unpacks it on first use (some seconds, 140 MB). */
export async function floorChromium(): Promise<string> {
  const executable = join(cache, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(cache, { recursive: true });
  // under a name of its own until complete: an interrupted run must not leave half a browser
  const partial = `${executable}.${process.pid}`;
  try {
    await pipeline(
      createReadStream(packed),
      createBrotliDecompress(),
      createWriteStream(partial, { mode: 0o755 }),
    );
    renameSync(partial, executable);
  } finally {
    rmSync(partial, { force: true });
  }
  return executable;
}
