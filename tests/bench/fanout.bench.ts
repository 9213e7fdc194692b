/**
 * A release of five changed items to all 1,688 sites of the city (ten counties, three levels). Each site has a device with its
 * session that asks the built office by the production round; office CPU is that of the office's process, from the moment the
 * release reaches all until every station has its patch. Each patch is then unfolded, rebuilt and verified with the county's
 * keys, and the stations' next call says what they hold, so that no figure is of a release that did not come.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { rebuildRelease } from '#lib/catalogue/rebuild.ts';
import { openTight } from '#lib/catalogue/tight-patch.ts';
import { verifyManifest } from '#lib/catalogue/verify.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Level } from '#lib/domain/item.ts';
import { LEVELS } from '#lib/domain/time-limits.ts';
import { pinnedKeys } from '#lib/server/catalogue/release-keys.ts';
import { wholeRelease } from '#lib/server/catalogue/ways.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';
import type { Row } from '../../scripts/bench-row.ts';
import { CITY_DAY, demoCity } from '../support/demo-city.ts';
import { enrolAll, sitesOf } from '../support/enrolled-stations.ts';
import { releaseToAll, stepCosts, type StepCosts } from '../support/fanout-release.ts';
import type { Asked, FanoutStation, Told } from '../support/fanout-stations.ts';
import { startOffice } from '../support/office-process.ts';
import { cpuOf } from '../support/process-cost.ts';
import { rushStation } from '../support/rush-station.ts';

const CONNECTIONS = 64;
const after = (minutes: number): Instant => new Date(Date.parse(CITY_DAY) + minutes * 60_000).toISOString();

export async function run(): Promise<Row[]> {
  await using city = await demoCity();
  const store = await openStore({ path: databasePath(city.dataDir) });
  try {
    const sites = await store.read(sitesOf);
    const days = { yesterday: after(-16 * 60), tomorrow: after(24 * 60) };
    const enrolled = await Promise.all(sites.map((site) => rushStation(site, '001', days)));
    await store.write((trx) => enrolAll(trx, enrolled));
    const stations = enrolled.map(({ device, cookie }) => ({
      device: device.id,
      cookie,
      release: device.release!,
    }));
    const counties = [...new Set(sites.map(({ county }) => county))];
    const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
    const driver = fork(join(import.meta.dirname, '../support/fanout-stations.ts'), [], {
      serialization: 'advanced',
    });
    try {
      await once(driver, 'message');
      return await measure({ store, stations, counties, driver, office });
    } finally {
      driver.kill();
      await office.stop();
    }
  } finally {
    await store.destroy();
  }
}

interface Ground {
  store: Store;
  stations: FanoutStation[];
  counties: string[];
  driver: ChildProcess;
  office: { pid: number; port: number };
}

async function measure({ store, stations, counties, driver, office }: Ground): Promise<Row[]> {
  await say(driver, { is: 'start', stations, officePort: office.port, connections: CONNECTIONS });
  const ask = async (): Promise<Told & { cpu: number }> => {
    // called longer ago than a minute, so that each call is noted, as on any day
    await store.write((trx) =>
      trx
        .updateTable('device')
        .set({ last_contact: after(-5) })
        .execute(),
    );
    const before = cpuOf(office.pid);
    const told = (await say(driver, { is: 'ask' }))!;
    return { ...told, cpu: cpuOf(office.pid) - before };
  };
  // the first call opens the feed in full, the second is a poll: the office is warm
  await ask();
  const idle = await ask();
  for (const county of counties) await releaseToAll(store, county, after(1));
  const fan = await ask();
  await prove(store, fan.offers, stations.length);
  await say(driver, { is: 'adopt' });
  const said = await ask();
  await proveHeld(store, stations.length);
  const costs: StepCosts[] = [];
  for (const level of LEVELS) costs.push(await stepCosts(store, counties[0]!, level));

  const sum = (of: 'pack' | 'patch' | 'tighten'): number =>
    costs.reduce((all, one) => all + one[of], 0) / 1000;
  const each = (bytes: number): number => bytes / stations.length;
  const what = `${stations.length} sites`;
  return [
    { measure: `${what}: office CPU of the whole fan-out`, value: fan.cpu / 1000, unit: 's', atMost: 2 },
    { measure: `${what}: of an idle poll of each, beside it`, value: idle.cpu / 1000, unit: 's' },
    { measure: `${what}: of the polls that say what they hold now`, value: said.cpu / 1000, unit: 's' },
    { measure: 'polls with a patch', value: (stations.length * 1000) / fan.took, unit: '/s' },
    {
      measure: 'bytes of a station’s poll with its patch, both ways',
      value: each(fan.bytes),
      unit: 'B',
      atMost: 850,
    },
    { measure: 'bytes of an idle poll', value: each(idle.bytes), unit: 'B' },
    { measure: 'a county, three levels: CPU of building and packing', value: sum('pack'), unit: 's' },
    { measure: 'a county, three levels: CPU of making patches', value: sum('patch'), unit: 's' },
    {
      measure: 'a county, three levels: CPU of patches in bytes (within the fan-out)',
      value: sum('tighten'),
      unit: 's',
    },
  ];
}

async function say(driver: ChildProcess, asked: Asked): Promise<Told | null> {
  driver.send(asked);
  const [answer] = (await once(driver, 'message')) as [{ told: Told | null } | { error: string }];
  if ('error' in answer) throw new Error(answer.error);
  return answer.told;
}

/** Every station was offered the next release of its place, and what it was offered is what the county signed. */
async function prove(store: Store, offers: Told['offers'], stations: number): Promise<void> {
  const offered = offers.reduce((sum, one) => sum + one.stations, 0);
  if (offered !== stations) throw new Error(`${offered} of ${stations} stations were offered a patch`);
  for (const { address, patch } of offers) {
    const [county = '', level, number] = address.split('/') as [string, Level, string];
    const { older, keys } = await store.read(async (trx) => ({
      older: await wholeRelease(trx, { county, level }, Number(number) - 1),
      keys: await pinnedKeys(trx, county),
    }));
    const opened = patch instanceof Uint8Array ? await openTight(older!, patch) : patch;
    const { raw } = await rebuildRelease(older!, Number(number), opened);
    const verdict = await verifyManifest(raw, opened.signature, keys, {
      county,
      level,
      newest: Number(number) - 1,
    });
    if (!verdict.ok) throw new Error(`${address} came as something else: ${verdict.reason}`);
  }
}

async function proveHeld(store: Store, stations: number): Promise<void> {
  const rows = await store.read((trx) => trx.selectFrom('device').select('release').execute());
  const held = rows.filter(({ release }) => release?.endsWith('/2')).length;
  if (held !== stations) throw new Error(`${held} of ${stations} stations said that they hold the release`);
}
