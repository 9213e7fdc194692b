/**
 * `npm run size`: what a device must fetch before the counter can work, gzipped, against its budget. A village
 * line carries some 30 KB a second; KB are 1000 bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pageFiles, type BuiltClient } from './page-size.ts';

interface Weighed {
  what: string;
  /** bytes after gzip, or why it could not be weighed */
  bytes: number | string;
  budget: number;
}

const pages = [{ route: '/desk', budget: 120_000 }];
const workerBudget = 60_000;
const serviceWorkerBudget = 10_000;

const build = resolve(process.env.BUILD_DIR ?? 'build');
const client = join(build, 'client');
const manifestFile = join(build, 'client-manifest.json');
const weigh = (files: readonly string[]): number =>
  files.reduce((total, file) => total + gzipSync(readFileSync(join(client, file)), { level: 9 }).length, 0);

function weighPages(): Weighed[] {
  const { manifest, routes }: BuiltClient = JSON.parse(readFileSync(manifestFile, 'utf8'));
  return pages.map(({ route, budget }) => {
    const files = pageFiles(manifest, routes, route);
    return { what: `页面 ${route}`, bytes: typeof files === 'string' ? files : weigh(files), budget };
  });
}

function weighWorkers(): Weighed[] {
  const folder = '_app/immutable/workers';
  const workers = existsSync(join(client, folder))
    ? readdirSync(join(client, folder)).filter((file) => file.endsWith('.js'))
    : [];
  if (workers.length === 0) return [{ what: '后台线程', bytes: '构建里没有 worker', budget: workerBudget }];
  return workers.map((file) => ({
    what: `后台线程 ${basename(file, '.js')}`,
    bytes: weigh([`${folder}/${file}`]),
    budget: workerBudget,
  }));
}

const serviceWorker = (): Weighed => ({
  what: 'service worker',
  bytes: existsSync(join(client, 'service-worker.js'))
    ? weigh(['service-worker.js'])
    : '构建里没有 service-worker.js',
  budget: serviceWorkerBudget,
});

if (!existsSync(manifestFile)) {
  console.error('还没有构建。请先运行 npm run build。');
  process.exitCode = 1;
} else {
  const rows = [...weighPages(), ...weighWorkers(), serviceWorker()];
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
  for (const { what, bytes, budget } of rows) {
    const fits = typeof bytes === 'number' && bytes <= budget;
    if (!fits) process.exitCode = 1;
    const found = typeof bytes === 'number' ? kb(bytes) : bytes;
    console.log(`${fits ? '  ' : '✗ '}${what}\t${found}\t预算 ${kb(budget)}（gzip）`);
  }
}
