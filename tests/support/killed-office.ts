/**
 * The office is killed (SIGKILL) at many points of a delivery: half of it heard, all of it heard, committed and not yet
 * told, half told. After each it starts again on its data, the device sends again, and every command counts once.
 */
import { expect } from '@playwright/test';
import type { Outcome } from '#lib/protocol/sync.ts';
import { brokenAuditLine } from '#lib/server/audit.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import type { DemoCity } from './demo-city.ts';
import { haltingLine, type Stage } from './halting-line.ts';
import { runningOffice } from './office-process.ts';
import { VillageHand } from './village-hand.ts';

const BATCH = 3;
/** All of what is sent: the office has heard it and is at work, or just done. */
const HEARD = 'heard';
const POINTS: readonly (Stage | typeof HEARD)[] = [
  { sent: 300 },
  HEARD,
  'answered',
  HEARD,
  0.5,
  HEARD,
  'answered',
  HEARD,
];

async function receiptsOf(trx: Trx, ids: string[]): Promise<number> {
  const found = await trx.selectFrom('command').select('id').where('id', 'in', ids).execute();
  return found.length;
}

interface Where {
  city: DemoCity;
  databaseUrl?: string;
}

export async function killAtEveryPoint({ city, databaseUrl }: Where): Promise<void> {
  await using office = await runningOffice({
    dataDir: city.dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  await using line = await haltingLine(() => Number(new URL(office.url).port));
  const village = await VillageHand.at(city, line.url);
  const { client } = village;

  let settled: Outcome[] = [];
  let kept = 0;
  for (const point of POINTS) {
    for (let i = 0; i < BATCH; i++) await village.take();
    const fresh = client.kept.slice(-BATCH);
    const request = client.request(fresh);
    const stage = point === HEARD ? { sent: JSON.stringify(request).length } : point;
    const reached = line.haltAt(stage, ({ method, path }) => method === 'POST' && path === '/api/sync');
    const cut = client.send(request, { gzip: false }).then(
      (response) => response.text(),
      () => 'cut',
    );
    await reached;
    await office.kill();
    line.go();
    expect(await cut).toBe('cut');
    const before = await city.read((trx) =>
      receiptsOf(
        trx,
        fresh.map(({ command }) => command.id),
      ),
    );
    // all of a request or nothing of it
    expect([0, BATCH]).toContain(before);
    if (point === 'answered' || point === 0.5) expect(before).toBe(BATCH);
    if (typeof point === 'object') expect(before).toBe(0);
    if (before > 0) kept += 1;
    await office.start();
    const { outcomes, chain } = await client.sync();
    expect(outcomes.map(({ is }) => is)).toEqual(client.kept.map(() => 'applied'));
    expect(chain).toBe(client.kept.length);
    // what was told before is told the same
    expect(outcomes.slice(0, settled.length)).toEqual(settled);
    settled = outcomes;
  }
  console.info(`killed ${POINTS.length} times, ${kept} times with the receipts already there`);

  const { events, feeds, commands, broken } = await city.read(async (trx) => ({
    events: await trx.selectFrom('event').select('seq').orderBy('seq').execute(),
    feeds: await trx.selectFrom('feed').select('seq').execute(),
    commands: await trx.selectFrom('command').select('id').execute(),
    broken: await brokenAuditLine(trx),
  }));
  const total = client.kept.length;
  expect(commands).toHaveLength(total);
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, i) => i + 1));
  expect(feeds).toEqual([{ seq: total }]);
  expect(broken).toBeNull();
}
