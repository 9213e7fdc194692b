/** No source or test file above 350 lines (docs/architecture.md): a longer one is about more than one thing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const longest = 350;
const folders = ['src', 'scripts', 'tests'];

const lines = (file: string): number => readFileSync(file, 'utf8').trimEnd().split('\n').length;

const tooLong = folders
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => /\.(ts|js|svelte|css)$/.test(file))
  .map((file) => ({ file, lines: lines(file) }))
  .filter((one) => one.lines > longest);

for (const { file, lines } of tooLong) console.error(`${file}: ${lines} 行，超过 ${longest} 行，请拆开`);
process.exitCode = tooLong.length > 0 ? 1 : 0;
