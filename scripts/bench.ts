/**
 * `npm run bench`: runs tests/bench/*.bench.ts one after another and prints what they measured; exits 1 when a
 * row misses its budget or a benchmark did not get to its end.   --only NAME runs one of them, --json FILE also writes
 * the rows there. Each has a process of its own: what one loads, warms or leaves behind is not measured with the next.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withinBudget, type Row } from './bench-row.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
const folder = resolve('tests/bench');

const budget = ({ atMost, atLeast, unit }: Row): string =>
  [
    ...(atMost === undefined ? [] : [`≤ ${atMost} ${unit}`]),
    ...(atLeast === undefined ? [] : [`≥ ${atLeast} ${unit}`]),
  ].join('，');

/** The rows; null when it ended before its end, which it has told itself. */
function measure(file: string): Row[] | null {
  const place = mkdtempSync(join(tmpdir(), 'jinban-bench-'));
  try {
    const rows = join(place, 'rows.json');
    const args = [resolve('scripts/bench-one.ts'), join(folder, file), rows];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    return status === 0 ? (JSON.parse(readFileSync(rows, 'utf8')) as Row[]) : null;
  } finally {
    rmSync(place, { recursive: true });
  }
}

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.bench.ts'))
  .sort()
  .map((file) => ({ file, name: file.slice(0, -'.bench.ts'.length).replaceAll('-', ' ') }))
  .filter(({ name }) => options.only === undefined || options.only === name);
const measured: Record<string, Row[]> = {};
const broken: string[] = [];
for (const { file, name } of names) {
  console.log(`\n== ${name}`);
  const rows = measure(file);
  if (rows === null) {
    broken.push(name);
    console.log('✗ 没跑到头，原因在上面');
    continue;
  }
  measured[name] = rows;
  for (const row of rows)
    console.log(
      `${withinBudget(row) ? '  ' : '✗ '}${row.measure}\t${row.value < 1000 ? Number(row.value.toPrecision(4)) : Math.round(row.value)} ${row.unit}\t${budget(row)}`,
    );
}

if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(measured, null, 2)}\n`);
const rows = Object.values(measured).flat();
if (names.length === 0)
  console.error(options.only ? `没有叫 ${options.only} 的基准` : 'tests/bench 里没有基准');
process.exitCode = rows.length === 0 || broken.length > 0 || !rows.every(withinBudget) ? 1 : 0;
