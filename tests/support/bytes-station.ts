/**
 * A village station for tests/bench/bytes.bench.ts: enrolled and in session at a built office, with the production loop
 * over memory storage and over real HTTP. What stands between is a line that tests choose: the program talks to `url`.
 */
import { itemHash } from '#lib/catalogue/hash.ts';
import { DEFAULT_COUNTY_POLICY } from '#lib/catalogue/policy.ts';
import { listOf } from '#lib/catalogue/publish/build.ts';
import { createLoop, type Loop } from '#lib/client/sync/loop.ts';
import { browserHttp } from '#lib/client/sync/http.ts';
import { memoryStorage, type MemoryStorage } from '#lib/client/sync/storage-memory.ts';
import { httpTransport } from '#lib/client/sync/transport-http.ts';
import type { Instant } from '#lib/domain/day.ts';
import type { Item, ItemRef } from '#lib/domain/item.ts';
import { newestNumber, releaseAddress } from '#lib/server/catalogue/current-release.ts';
import { prepareRelease, storeReleases } from '#lib/server/catalogue/publish.ts';
import { signingKey } from '#lib/server/catalogue/release-keys.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore } from '#lib/server/db/store.ts';
import { readItems } from '#lib/server/seed/read-data.ts';
import { itemsOfCounty } from '#lib/server/seed/task-codes.ts';
import { calendar } from './builders.ts';
import { syntheticItems, receivings } from './bytes-workload.ts';
import { CITY_DAY } from './demo-city.ts';
import { rushStation, type RushStation } from './rush-station.ts';

const SITE = 'S410526102213';

export type Shape = 'synthetic' | 'real';

export interface Prepared {
  catalogue: { item: Item; ref: ItemRef }[];
  station: RushStation;
  /** `county/level/number` of the newest release. */
  release: string;
}

/** Enrols the station in a city that no office serves yet; publishes the synthetic items where they are to be used. */
export async function prepareStation(dataDir: string, shape: Shape): Promise<Prepared> {
  const store = await openStore({ path: databasePath(dataDir) });
  try {
    return await store.write(async (trx) => {
      const row = await trx.selectFrom('site').selectAll().where('id', '=', SITE).executeTakeFirstOrThrow();
      const [county, township] = [row.county!, row.township!];
      const at = { county, level: 'village' as const };
      const items =
        shape === 'synthetic'
          ? syntheticItems('village')
          : itemsOfCounty(readItems(), county.slice(1), 'village');
      if (shape === 'synthetic') {
        const ground = {
          previous: await newestNumber(trx, county, 'village'),
          key: (await signingKey(trx, county))!,
        };
        const prepared = await prepareRelease(
          { ...at, items, by: 'releaser', now: CITY_DAY },
          { ...ground, calendar, policy: DEFAULT_COUNTY_POLICY },
          { list: listOf, pack: (raw) => Promise.resolve(raw) },
        );
        await storeReleases(trx, [prepared]);
      }
      const number = await newestNumber(trx, county, 'village');
      const days = { yesterday: hours(-16), tomorrow: hours(48) };
      const site = {
        id: SITE,
        code: row.code,
        county,
        township,
        path: row.path,
        itemLevel: 'village' as const,
      };
      const station = await rushStation(site, '001', days);
      const release = releaseAddress({ ...at, number });
      await trx
        .insertInto('device')
        .values({ ...station.device, release })
        .execute();
      await trx.insertInto('staff').values(station.staff).execute();
      await trx.insertInto('staff_key').values(station.key).execute();
      await trx.insertInto('session').values(station.session).execute();
      const catalogue = await Promise.all(
        items.map(async (item) => ({ item, ref: { code: item.code, hash: await itemHash(item) } })),
      );
      return { catalogue, station, release };
    });
  } finally {
    await store.destroy();
  }
}

const hours = (count: number): Instant => new Date(Date.parse(CITY_DAY) + count * 3_600_000).toISOString();

export interface Program {
  storage: MemoryStorage;
  loop: Loop;
  /** Takes applications at the counter, none of them sent yet. */
  take(count: number): Promise<void>;
  /** Rounds until the loop would wait. */
  untilQuiet(): Promise<void>;
  /** What was asked of the office, and how large each body was. */
  readonly requests: { method: string; bytes: number }[];
}

/** The device's program, which reaches the office at `url`. */
export async function startProgram(
  { catalogue, station, release }: Prepared,
  url: () => string,
  shape: Shape,
): Promise<Program> {
  const requests: Program['requests'] = [];
  const http = browserHttp((path, init) => {
    const { body, method = 'GET' } = init!;
    requests.push({ method, bytes: body instanceof Uint8Array ? body.length : 0 });
    return fetch(`${url()}${path as string}`, {
      ...init,
      headers: { ...init!.headers, cookie: station.cookie },
    });
  });
  const storage = memoryStorage(station.device.id, (_, bytes) => station.keys.sign(bytes));
  await storage.lead('t');
  storage.setRelease(release);
  let stop = new AbortController();
  let taken = 0;
  const versions = new Map(catalogue.map(({ item, ref }) => [ref.hash, item]));
  const transport = httpTransport(
    http,
    async () => null,
    async () => versions,
  );
  const clock = { now: () => Date.parse(CITY_DAY), sleep: async () => stop.abort() };
  const loop = createLoop({ storage, transport, clock, random: { next: () => 0.5 }, token: 't' });
  return {
    storage,
    loop,
    requests,
    async take(count) {
      const counter = { siteId: SITE, siteCode: station.site.code, deviceNumber: station.device.number };
      const options = { count, until: CITY_DAY, seed: 77 + taken, first: taken + 1 };
      taken += count;
      const made = receivings(shape, catalogue, counter, options);
      for (const one of made) {
        const stored = await storage.enqueue({ ...one, actor: station.staff.id, baseRev: 0 });
        if (!stored.ok) throw new Error(stored.why);
      }
    },
    async untilQuiet() {
      stop = new AbortController();
      await loop.run(stop.signal);
    },
  };
}
