/**
 * The morning after the network was away: every station of the city, 1,688 of them, sends what it made, twenty
 * applications each. The city, its devices and their requests are made once and kept under node_modules/.cache, by the
 * hash of what they are made from. Every township's feed has begun, so that devices follow it as on any other day.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { databasePath } from '#lib/server/db/address.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';
import { OfficeFiles } from '#lib/server/files/office-files.ts';
import { createLog } from '#lib/server/log.ts';
import { assembleOffice } from '#lib/server/office.ts';
import { deviceMark } from '#lib/server/sync/feed-down.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import { CITY_DAY, demoCity } from './demo-city.ts';
import { enrolAll, sitesOf } from './enrolled-stations.ts';
import { rushRequest, rushStation, type Packed, type RushSite, type RushStation } from './rush-station.ts';

/** The office's clock while it is measured. */
export const RUSH_NOW: Instant = CITY_DAY;
const EACH = 20;
/** Stations whose second computer sends before anything is measured, so that the office has warmed up. */
const WARM_UP = 40;
const LINEAGE = 'rush';
const HOURS = 3_600_000;
const hoursAfter = (hours: number): Instant => new Date(Date.parse(RUSH_NOW) + hours * HOURS).toISOString();

export interface Rush {
  warmUp: Packed[];
  /** One of each station. */
  requests: Packed[];
  /** Applications of the evening before. */
  before: number;
}

export interface RushCity extends AsyncDisposable {
  dataDir: string;
  /** Folder of the requests. */
  requests: string;
  rush: Rush;
}

const ROOT = resolve(import.meta.dirname, '../..');
const MADE_FROM = [
  'src/lib/domain',
  'src/lib/protocol',
  'src/lib/catalogue',
  'src/lib/server/seed',
  'src/lib/server/db/migrations',
];
const MADE_BY = [
  'rush-city.ts',
  'enrolled-stations.ts',
  'rush-station.ts',
  'sample-draft.ts',
  'sample-answers.ts',
];

function sourcesHash(): string {
  const hash = createHash('sha256');
  const inFolders = MADE_FROM.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const files = [...inFolders, ...MADE_BY.map((file) => join(import.meta.dirname, file))];
  for (const file of files.sort()) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

type Versions = Map<string, { item: Item; hash: string }[]>;
const versionsKey = (site: Pick<RushSite, 'county' | 'itemLevel'>): string =>
  `${site.county}/${site.itemLevel}`;

/** The items of each county and level. */
async function versionsOf(trx: Trx): Promise<Versions> {
  const rows = await trx
    .selectFrom('item_release')
    .innerJoin('item_version', 'item_version.hash', 'item_release.hash')
    .select(['item_release.county', 'item_release.level', 'item_version.hash', 'item_version.data'])
    .orderBy('item_version.hash')
    .execute();
  const versions: Versions = new Map();
  for (const { county, level, hash, data } of rows) {
    const key = `${county}/${level}`;
    const list = versions.get(key) ?? [];
    list.push({ hash, item: JSON.parse(data) as Item });
    versions.set(key, list);
  }
  return versions;
}

/** An office in this process, on the evening before. */
async function send(store: Store, { cookie, gzip }: Packed): Promise<void> {
  const office = assembleOffice(
    store,
    { now: () => hoursAfter(-16) },
    createLog(),
    new OfficeFiles(tmpdir()),
  );
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', cookie };
  const url = 'http://localhost:3000/api/sync';
  const request = new Request(url, { method: 'POST', body: new Uint8Array(gzip), headers });
  const answer = await handleSync({ office, request, ip: '127.0.0.1' });
  const { outcomes } = (await answer.json()) as { outcomes: { is: string }[] };
  if (!outcomes.every(({ is }) => is === 'applied')) throw new Error(JSON.stringify(outcomes));
}

async function prepare(store: Store): Promise<Rush> {
  const { sites, versions } = await store.read(async (trx) => ({
    sites: await sitesOf(trx),
    versions: await versionsOf(trx),
  }));
  const days = { yesterday: hoursAfter(-16), tomorrow: hoursAfter(24) };
  const make = (chosen: readonly RushSite[], number: string): Promise<RushStation[]> =>
    Promise.all(chosen.map((site) => rushStation(site, number, days)));
  const feeds = sites.filter((site) => site.id === site.township);
  const [first, warm, all] = [
    await make(feeds, '003'),
    await make(sites.slice(-WARM_UP), '002'),
    await make(sites, '001'),
  ];
  await store.write(async (trx) => {
    await trx.updateTable('lineage').set({ id: LINEAGE }).execute();
    await enrolAll(trx, [...first, ...warm, ...all]);
  });

  const itemsOf = ({ site }: RushStation) => versions.get(versionsKey(site))!;
  const evening = { count: 1, since: hoursAfter(-17) };
  for (const [at, station] of first.entries()) {
    const position = { lineage: LINEAGE, cursor: 0, mark: '' };
    await send(
      store,
      await rushRequest(station, itemsOf(station), position, { ...evening, seed: 42_000 + at }),
    );
  }

  const marks = await store.read((trx) => trx.selectFrom('feed').selectAll().execute());
  const markOf = new Map(marks.map(({ code, mark }) => [code, mark]));
  const requestsOf = async (stations: readonly RushStation[], seed: number): Promise<Packed[]> => {
    const made: Packed[] = [];
    for (const [at, station] of stations.entries()) {
      const { township, path } = station.site;
      const position = { lineage: LINEAGE, cursor: 1, mark: deviceMark(markOf.get(township)!, path) };
      const morning = { count: EACH, since: hoursAfter(-0.5), seed: seed + at * EACH };
      made.push(await rushRequest(station, itemsOf(station), position, morning));
    }
    return made;
  };
  return { warmUp: await requestsOf(warm, 40_000), requests: await requestsOf(all, 0), before: first.length };
}

/** The folder of what was made; made when it is missing. */
async function preparedFolder(): Promise<string> {
  const cache = join(ROOT, 'node_modules/.cache/jinban');
  const kept = join(cache, `rush-${sourcesHash()}`);
  if (existsSync(kept)) return kept;
  await using city = await demoCity();
  const store = await openStore({ path: databasePath(city.dataDir) });
  const rush = await prepare(store).finally(() => store.destroy());
  const making = mkdtempSync(join(cache, 'rush-making-'));
  copyFileSync(databasePath(city.dataDir), databasePath(making));
  writeFileSync(join(making, 'requests'), serialize(rush));
  for (const old of readdirSync(cache).filter((name) => /^rush-[0-9a-f]{16}$/.test(name)))
    rmSync(join(cache, old), { recursive: true, force: true });
  renameSync(making, kept);
  return kept;
}

/** The requests out of the folder that `rushCity` names. */
export const readRush = (folder: string): Rush => deserialize(readFileSync(join(folder, 'requests'))) as Rush;

/** A copy of the city before the rush. */
export async function rushCity(): Promise<RushCity> {
  const kept = await preparedFolder();
  const dataDir = mkdtempSync(join(tmpdir(), 'jinban-rush-'));
  copyFileSync(databasePath(kept), databasePath(dataDir));
  return {
    dataDir,
    requests: kept,
    rush: readRush(kept),
    async [Symbol.asyncDispose]() {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
