/** Runs one benchmark and writes its rows as JSON: `bench-one.ts FILE ROWS`. A process of its own, for bench.ts. */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Benchmark } from './bench-row.ts';

const [file, rows] = process.argv.slice(2) as [string, string];
const bench: Benchmark = await import(pathToFileURL(file).href);
writeFileSync(rows, JSON.stringify(await bench.run()));
