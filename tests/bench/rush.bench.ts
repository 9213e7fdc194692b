/**
 * The rush hour: 1,688 stations send twenty applications each, packed as devices pack them (protocol/pack.ts), over 64
 * connections that are kept alive, to the built office (BUILD_DIR, else build/) as a process of its own. Every answer is final: chain and signature checked, judged by
 * `decide`, committed and on the disk. On SQLite; on PostgreSQL with one process and two when TEST_DATABASE_URL names a
 * server. Afterwards the database is looked through, so that no figure is of work that was not done.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import type { Address } from '#lib/server/db/address.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { Row } from '../../scripts/bench-row.ts';
import { copyDatabase } from '../support/copy-database.ts';
import { startOffice, type Office } from '../support/office-process.ts';
import { cpuOf, peakMemory } from '../support/process-cost.ts';
import { RUSH_NOW, rushCity, type RushCity } from '../support/rush-city.ts';
import type { Asked, Told } from '../support/rush-driver.ts';
import { proveDone } from '../support/rush-proof.ts';
import { temporaryDatabase, testServer } from '../support/temporary-database.ts';

const CONNECTIONS = 64;

export async function run(): Promise<Row[]> {
  await using city = await rushCity();
  const rows = await measure(city, 'SQLite', 1);
  if (!testServer) {
    console.info('TEST_DATABASE_URL is not set: PostgreSQL takes no part');
    return rows;
  }
  for (const processes of [1, 2]) {
    await using database = await temporaryDatabase();
    await using fresh = await rushCity();
    // without its options: what is measured survives a power cut
    const url = new URL(database.url);
    url.searchParams.delete('options');
    await copyDatabase(databasePath(fresh.dataDir), url.href);
    rows.push(...(await measure(fresh, `PostgreSQL × ${processes}`, processes, url.href)));
  }
  return rows;
}

async function measure(
  city: RushCity,
  what: string,
  processes: number,
  databaseUrl?: string,
): Promise<Row[]> {
  const { dataDir, rush } = city;
  const start = () => startOffice({ dataDir, now: RUSH_NOW, ...(databaseUrl ? { databaseUrl } : {}) });
  const offices = await Promise.all(Array.from({ length: processes }, start));
  const { told, cpu, memory } = await drive(city, offices, databaseUrl).finally(() =>
    Promise.all(offices.map((office) => office.stop())),
  );
  const address: Address = databaseUrl ? { databaseUrl } : { path: databasePath(dataDir) };
  const store = await openStore(address);
  await proveDone(store, rush).finally(() => store.destroy());

  const count = rush.requests.reduce((sum, one) => sum + one.applications.length, 0);
  const sorted = told.times.toSorted((a, b) => a - b);
  const quantile = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)]!;
  const budget = databaseUrl ? {} : { atLeast: 6000 };
  return [
    { measure: `${what}: applications`, value: (count * 1000) / told.took, unit: '/s', ...budget },
    { measure: `${what}: request of twenty, p50`, value: quantile(0.5), unit: 'ms' },
    { measure: `${what}: request of twenty, p99`, value: quantile(0.99), unit: 'ms', atMost: 500 },
    { measure: `${what}: CPU an application`, value: cpu / count, unit: 'ms' },
    { measure: `${what}: memory of an office at most`, value: memory, unit: 'MB' },
    { measure: `${what}: answer an application`, value: told.down / count, unit: 'B' },
  ];
}

interface Driven {
  told: Told;
  /** Milliseconds of the offices, and of the database's processes that serve them. */
  cpu: number;
  memory: number;
}

async function drive(city: RushCity, offices: readonly Office[], databaseUrl?: string): Promise<Driven> {
  const driver = fork(join(import.meta.dirname, '../support/rush-driver.ts'), [city.requests]);
  try {
    await once(driver, 'message');
    const ask = async (which: Asked['which']): Promise<Told> => {
      driver.send({
        which,
        urls: offices.map((office) => office.url),
        connections: CONNECTIONS,
        as: 'pack',
      } satisfies Asked);
      const [answer] = (await once(driver, 'message')) as [Told | { error: string }];
      if ('error' in answer) throw new Error(answer.error);
      return answer;
    };
    await ask('warmUp');
    const pids = [
      ...offices.map((office) => office.pid),
      ...(databaseUrl ? await backendsOf(databaseUrl) : []),
    ];
    const spent = (): number => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
    const before = spent();
    const told = await ask('requests');
    return {
      told,
      cpu: spent() - before,
      memory: Math.max(...offices.map((office) => peakMemory(office.pid))),
    };
  } finally {
    driver.kill();
  }
}

/** Those of one database; it must be on this machine to be counted. */
async function backendsOf(databaseUrl: string): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const query =
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
    const { rows } = await client.query<{ pid: number }>(query);
    return rows.map(({ pid }) => pid);
  } finally {
    await client.end();
  }
}
