/**
 * The demo city for journeys: seeded once and kept under node_modules/.cache, named by the hash of everything it is made
 * from; each journey gets a copy of its own in a temporary folder.
 *
 *   await using city = await demoCity();
 *   const office = await startOffice({ dataDir: city.dataDir, now: CITY_DAY });
 *   const { code } = await city.issueCode('410526102213');
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Instant } from '#lib/domain/day.ts';
import type { Item } from '#lib/domain/item.ts';
import { itemsInForce } from '#lib/server/catalogue/current-release.ts';
import { publishRelease } from '#lib/server/catalogue/publish.ts';
import { makeEnrolCode } from '#lib/server/auth/enrol.ts';
import type { Trx } from '#lib/server/db/dialect.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';
import { databasePath, type Address } from '#lib/server/db/address.ts';
import { demoAccounts, type DemoAccount } from '#lib/server/seed/demo-accounts.ts';
import { DEMO_COUNTY } from '#lib/server/seed/demo-people.ts';
import { DEMO_PASSPHRASE, SEED_VERSION, seedCity } from '#lib/server/seed/seed-city.ts';

/** When the city was seeded: the morning of a working day. Journeys that set the office's clock start it here. */
export const CITY_DAY: Instant = '2026-09-23T01:00:00.000Z';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the seeded database depends on. */
const MADE_FROM = [
  'src/lib/server/seed',
  'src/lib/server/db',
  'src/lib/server/catalogue',
  'src/lib/catalogue',
];

export interface DemoCity extends AsyncDisposable {
  dataDir: string;
  passphrase: string;
  accounts: readonly DemoAccount[];
  /** A one-time code for the site of that 12-digit code; `now` as the office's clock has it, else the machine's. */
  issueCode(siteCode: string, now?: Instant): Promise<{ code: string; expiresAt: Instant }>;
  /** Publishes the next release for the county's villages: what becomes of the items of the newest; `now` unless it is older. */
  publish(change: (items: Item[]) => Item[], now?: Instant): Promise<void>;
  /** Looks into the office's database, beside the office if it runs. */
  read<T>(look: (trx: Trx) => Promise<T>): Promise<T>;
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(SEED_VERSION);
  for (const folder of MADE_FROM) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function withStore<T>(address: Address, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(address);
  try {
    return await work(store);
  } finally {
    await store.destroy();
  }
}

/** Folder of the seeded city; made when missing. Two runs at once both make it, and the first to finish is kept. */
async function seededFolder(): Promise<string> {
  const kept = join(ROOT, 'node_modules/.cache/jinban', `city-${SEED_VERSION}-${sourcesHash()}`);
  if (existsSync(kept)) return kept;
  const making = `${kept}.${randomBytes(4).toString('hex')}`;
  mkdirSync(making, { recursive: true });
  await withStore({ path: databasePath(making) }, (store) => seedCity(store, { now: CITY_DAY }));
  try {
    renameSync(making, kept);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
  return kept;
}

/** A fresh copy of the demo city. Dispose of it when the journey is over. */
export async function demoCity(): Promise<DemoCity> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jinban-city-'));
  // closed orderly, so the write-ahead log is empty and the one file is all of it
  copyFileSync(databasePath(await seededFolder()), databasePath(dataDir));
  return cityAt({ path: databasePath(dataDir) }, dataDir);
}

/** The one county of the demo city whose people there are, in an empty PostgreSQL. */
export async function demoCountyOn(databaseUrl: string): Promise<DemoCity> {
  await withStore({ databaseUrl }, (store) => seedCity(store, { now: CITY_DAY, counties: [DEMO_COUNTY] }));
  return cityAt({ databaseUrl }, mkdtempSync(join(tmpdir(), 'jinban-city-')));
}

async function cityAt(address: Address, dataDir: string): Promise<DemoCity> {
  const accounts = await withStore(address, (store) => store.read(demoAccounts));
  return {
    dataDir,
    passphrase: DEMO_PASSPHRASE,
    accounts,
    async issueCode(siteCode, now = new Date().toISOString()) {
      const site = `S${siteCode}`;
      return withStore(address, (store) => makeEnrolCode(store, { site, by: 'office', now }));
    },
    publish: (change, now = new Date().toISOString()) =>
      withStore(address, async (store) => {
        const place = { county: `S${DEMO_COUNTY}`, level: 'village' as const };
        const items = change(await store.read((trx) => itemsInForce(trx, place.county, place.level)));
        await publishRelease(store, { ...place, items, by: 'releaser', now });
      }),
    read: (look) => withStore(address, (store) => store.read(look)),
    async [Symbol.asyncDispose]() {
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
