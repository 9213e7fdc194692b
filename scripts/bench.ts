/**
 * `npm run bench`: runs tests/bench/*.bench.ts one after another and prints what they measured; exits 1 when a
 * row misses its budget.   --only NAME runs one of them, --json FILE also writes the rows there.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withinBudget, type Benchmark, type Row } from './bench-row.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
const folder = resolve('tests/bench');

const budget = ({ atMost, atLeast, unit }: Row): string =>
  [
    ...(atMost === undefined ? [] : [`≤ ${atMost} ${unit}`]),
    ...(atLeast === undefined ? [] : [`≥ ${atLeast} ${unit}`]),
  ].join('，');

const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.bench.ts')) : [];
const measured: Record<string, Row[]> = {};
for (const file of files.sort()) {
  const bench: Benchmark = await import(pathToFileURL(join(folder, file)).href);
  if (options.only !== undefined && bench.name !== options.only) continue;
  console.log(`\n== ${bench.name}`);
  const rows = await bench.run();
  measured[bench.name] = rows;
  for (const row of rows)
    console.log(
      `${withinBudget(row) ? '  ' : '✗ '}${row.measure}\t${row.value < 1000 ? Number(row.value.toPrecision(4)) : Math.round(row.value)} ${row.unit}\t${budget(row)}`,
    );
}

if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(measured, null, 2)}\n`);
const rows = Object.values(measured).flat();
if (rows.length === 0)
  console.error(options.only ? `没有叫 ${options.only} 的基准` : 'tests/bench 里没有基准');
process.exitCode = rows.length === 0 || !rows.every(withinBudget) ? 1 : 0;
