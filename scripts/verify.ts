/**
 * `npm run verify`: everything that must hold before a change is accepted. Each check counts as one; the tests
 * of `npm test` count one by one; the last line is the sum. All checks run even when an earlier one failed.
 *
 *   verify.ts         all of it; needs TEST_DATABASE_URL
 *   verify.ts lint    the checks that need no build
 *   verify.ts types   types only
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { line, settled, sum, type Counts } from './test-counts.ts';

interface Check {
  name: string;
  command: [string, ...string[]];
}

/**
 * Seconds one check may take, and all together: nothing that hangs holds CI up for ever. On two quiet cores all of it takes
 * less than 25 minutes; on a machine that is busy with other things it may take longer, and then says so.
 */
const checkLimit = 600;
const began = performance.now();
const deadline = began + 70 * 60 * 1000;
const WANTED_MINUTES = 25;
const limit = (wanted: number): number =>
  Math.max(1, Math.min(wanted, (deadline - performance.now()) / 1000));

const types: Check[] = [
  { name: '类型', command: ['svelte-check', '--fail-on-warnings', '--output', 'human'] },
  { name: '类型（service worker）', command: ['tsc', '--noEmit', '-p', 'src/service-worker'] },
];
/** The longest first: two run at a time. */
const lint: Check[] = [
  { name: '规则', command: ['eslint', '--max-warnings', '0', '.'] },
  { name: '格式', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: '边界', command: ['depcruise', 'src', 'scripts', 'tests', 'server.js'] },
  { name: '无用代码', command: ['knip'] },
  ...types,
  { name: '文件长度', command: ['node', 'scripts/file-length.ts'] },
];
const built: Check[] = [
  { name: '构建', command: ['node', 'scripts/build.ts'] },
  { name: '浏览器底线', command: ['node', 'scripts/check-target.ts'] },
  { name: '体积', command: ['node', 'scripts/size.ts'] },
];

async function check({ name, command }: Check): Promise<Counts> {
  const printed: Buffer[] = [];
  const hear = (chunk: Buffer): void => void printed.push(chunk);
  const { code, timedOut, seconds } = await runCommand(command, limit(checkLimit), {}, hear);
  console.log(`\n== ${name}\n${Buffer.concat(printed).toString()}`);
  if (timedOut) console.error(`${name}：超过时限，已停止`);
  console.log(`${code === 0 ? '✓' : '✗'} ${name}（${seconds.toFixed(1)} 秒）`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @param lanes how many run at a time; those that need what the one before made run one by one */
async function checkAll(checks: readonly Check[], lanes: number): Promise<[string, Counts][]> {
  const results: [string, Counts][] = [];
  const waiting = [...checks.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next[0]] = [next[1].name, await check(next[1])];
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

/** The same `npm test` that a person runs; it leaves its counts in a file. */
async function tests(): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'jinban-verify-'));
  const file = join(folder, 'counts.json');
  const { code, timedOut } = await runCommand(['npm', 'test'], limit(70 * 60), { COUNTS_FILE: file });
  if (timedOut) console.error('测试超过总时限，已停止');
  try {
    return settled(JSON.parse(readFileSync(file, 'utf8')) as Counts, code);
  } catch {
    return settled(undefined, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const part = process.argv[2];
if (part !== undefined && part !== 'lint' && part !== 'types') {
  console.error(`不认识 ${part}：可用 lint 或 types`);
  process.exit(1);
}
if (part === undefined && !process.env.TEST_DATABASE_URL) {
  console.error(
    'verify 要在 PostgreSQL 上也跑测试：请设 TEST_DATABASE_URL，例如 postgres://root@127.0.0.1:5432/postgres',
  );
  console.error('TEST_DATABASE_URL must be set: verify runs the tests on PostgreSQL too.');
  console.log(line({ passed: 0, failed: 1 }));
  process.exit(1);
}

// generated route types must match the routes of this moment
await runCommand(['svelte-kit', 'sync'], 60);
const results = await checkAll(part === 'types' ? types : lint, 2);
if (part === undefined) {
  results.push(...(await checkAll(built, 1)));
  results.push(['测试', await tests()]);
}

const total = sum(results.map(([, counts]) => counts));
console.log('\n== 总结');
for (const [name, { passed, failed }] of results)
  console.log(`${failed ? '✗' : '✓'} ${name} ${passed}/${passed + failed}`);
const minutes = (performance.now() - began) / 60_000;
console.log(
  `用时 ${minutes.toFixed(1)} 分钟${minutes > WANTED_MINUTES ? `，超过了 ${WANTED_MINUTES} 分钟` : ''}`,
);
console.log(line(total));
process.exitCode = total.failed > 0 ? 1 : 0;
