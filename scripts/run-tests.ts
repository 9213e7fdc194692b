/**
 * `npm test`: every test there is, suite by suite in processes of their own, each under a hard time limit. It
 * finds or installs a browser, builds when a source has changed, says whether PostgreSQL took part, and ends
 * with one line `N passed, N failed`. Called from verify (COUNTS_FILE), it leaves the counts there instead
 * and marks its line as a part.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './ensure-browser.ts';
import { runCommand } from './run-command.ts';
import * as count from './test-counts.ts';

const reports = mkdtempSync(join(tmpdir(), 'jinban-tests-'));
const results: [string, count.Counts][] = [];
const postgres = Boolean(process.env.TEST_DATABASE_URL);

const readReport = <T>(file: string): T | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;

const settle = (name: string, counts: count.Counts): void => {
  results.push([name, counts]);
  console.log(`— ${name}：${counts.passed} 项通过，${counts.failed} 项未通过`);
};

/** `zone`: the domain's tests once more as on a machine of that time zone. */
async function vitest(
  project: string,
  name: string,
  limit: number,
  zone?: string,
): Promise<count.VitestReport | undefined> {
  console.log(`\n== ${name}`);
  const file = join(reports, `${project}${zone ? '-zone' : ''}.json`);
  rmSync(file, { force: true });
  const { code, timedOut } = await runCommand(
    [
      'vitest',
      'run',
      ...(zone ? ['src/lib/domain/'] : []),
      '--project',
      project,
      // of two cores Vitest would use one
      ...(project === 'browser' ? [] : ['--maxWorkers', '2']),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    limit,
    zone ? { TZ: zone } : {},
  );
  if (timedOut) console.error(`${name}超过 ${limit} 秒，已停止`);
  const report = readReport<count.VitestReport>(file);
  settle(name, count.settled(report && count.fromVitest(report), code));
  return report;
}

/**
 * Each run of the simulation counts as one test (docs/decisions/0020-simulation.md). Its seeds are always the same. What it
 * prints comes whole at its end: another suite runs beside it.
 */
async function simulation(runs: number, limit: number): Promise<void> {
  const printed: Buffer[] = [];
  const file = join(reports, 'simulation.json');
  const size = ['--devices', '4', '--steps', '30', '--runs', String(runs)];
  const command = ['node', 'scripts/simulate.ts', '--seed', '1', ...size, '--report', file];
  const { code, timedOut } = await runCommand(command as [string, ...string[]], limit, {}, (chunk) =>
    printed.push(chunk),
  );
  console.log(`\n== 模拟\n${Buffer.concat(printed).toString()}`);
  if (timedOut) console.error(`模拟超过 ${limit} 秒，已停止`);
  const report = readReport<{ runs: number; violations: number }>(file);
  const failed = report && report.violations + (runs - report.runs);
  settle('模拟', count.settled(report && { passed: report.runs - report.violations, failed: failed! }, code));
}

async function playwright(name: string, limit: number): Promise<void> {
  console.log(`\n== ${name}`);
  const file = join(reports, 'journeys.json');
  const { code, timedOut } = await runCommand(['playwright', 'test', '--reporter=list,json'], limit, {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  if (timedOut) console.error(`${name}超过 ${limit} 秒，已停止`);
  const report = readReport<count.PlaywrightReport>(file);
  settle(name, count.settled(report && count.fromPlaywright(report), code));
  reportPostgres('流程', report ? count.journeysOnPostgres(report) : 0);
}

/** Which suites PostgreSQL took part in, and that it did when it was there. */
function reportPostgres(suite: '数据库' | '流程', passed: number): void {
  if (!postgres) console.log(`未设 TEST_DATABASE_URL：PostgreSQL 的${suite}测试没有跑`);
  else if (passed > 0) console.log(`PostgreSQL 的${suite}测试已跑：${passed} 项通过`);
  else
    settle(`PostgreSQL 的${suite}测试（设了 TEST_DATABASE_URL，却没有一项通过）`, { passed: 0, failed: 1 });
}

const browser = ensureBrowser();
await vitest('unit', '单元测试', 720);
// days are Chinese days, whatever the machine's zone
for (const zone of ['UTC', 'America/New_York']) await vitest('unit', `规则测试（TZ=${zone}）`, 240, zone);
const databaseReport = await vitest('db', '数据库测试', 1200);
reportPostgres('数据库', databaseReport ? count.onPostgres(databaseReport) : 0);
// the browser's tests mostly wait for one processor
const simulated = simulation(2000, 900);
if (browser) await vitest('browser', '浏览器测试', 720);
await simulated;
if (browser) {
  const { code } = await runCommand(['node', 'scripts/build.ts', '--if-stale'], 600);
  if (code === 0) await playwright('流程测试', 2400);
  else settle('流程测试（没有构建，没有跑）', { passed: 0, failed: 1 });
} else settle('浏览器测试和流程测试（没有浏览器，没有跑）', { passed: 0, failed: 1 });
rmSync(reports, { recursive: true, force: true });

const total = count.sum(results.map(([, counts]) => counts));
console.log('\n== 小结');
for (const [name, { passed, failed }] of results)
  console.log(`${failed ? '✗' : '✓'} ${name} ${passed}/${passed + failed}`);
if (!postgres) console.log('未设 TEST_DATABASE_URL：PostgreSQL 的数据库测试和流程测试没有跑');
const countsFile = process.env.COUNTS_FILE;
if (countsFile) writeFileSync(countsFile, JSON.stringify(total));
console.log(`${countsFile ? '测试 ' : ''}${count.line(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
