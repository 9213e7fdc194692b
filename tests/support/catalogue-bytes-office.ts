/** A built office behind a village's line, with one device that has its session: what the bytes of a catalogue are counted on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Level, Item } from '#lib/domain/item.ts';
import { browserHttp, type Http } from '#lib/client/sync/http.ts';
import { publishRelease } from '#lib/server/catalogue/publish.ts';
import { pinnedKeys } from '#lib/server/catalogue/release-keys.ts';
import { databasePath } from '#lib/server/db/address.ts';
import { openStore } from '#lib/server/db/store.ts';
import { NOW } from './builders.ts';
import { startOffice } from './office-process.ts';
import { slowLine, type LineOptions, type SlowLine } from './slow-line.ts';
import { COUNTY, foundTown, type SiteName } from './town.ts';

/** 128 kbit/s each way, 600 ms there and back. */
export const VILLAGE_LINE = { bitsPerSecond: 128_000, roundTripMs: 600 };

export interface BytesOffice extends AsyncDisposable {
  line: SlowLine;
  cookie: string;
  /** The device's own fetch over the line, as a browser sends it over HTTPS; each call starts without a connection. */
  http(): Http;
  /** Publishes the next release at a level; gives its address. */
  publish(level: Level, items: readonly Item[]): Promise<string>;
  /** What devices of the county pin. */
  releaseKeys: string[];
}

export async function bytesOffice(
  site: SiteName,
  options: Pick<LineOptions, 'cut'> = {},
): Promise<BytesOffice> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jinban-bytes-'));
  const store = await openStore({ path: databasePath(dataDir) });
  const town = await foundTown(store);
  const { cookie } = await town.device(site);
  const releaseKeys = await store.read((trx) => pinnedKeys(trx, COUNTY));
  await store.destroy();
  const office = await startOffice({ dataDir, now: NOW });
  const line = await slowLine({ officePort: office.port, ...VILLAGE_LINE, ...options });
  return {
    line,
    cookie,
    releaseKeys,
    http() {
      // a browser says what it takes; Node's fetch says it over HTTPS only
      const takes = { cookie, 'accept-encoding': 'gzip, deflate, br' };
      return browserHttp((path, init) =>
        fetch(`${line.url}${String(path)}`, { ...init, headers: { ...(init?.headers as object), ...takes } }),
      );
    },
    async publish(level, items) {
      const beside = await openStore({ path: databasePath(dataDir) });
      try {
        const place = await publishRelease(beside, {
          county: COUNTY,
          level,
          items,
          by: 'releaser',
          now: NOW,
        });
        return `${COUNTY}/${level}/${place.number}`;
      } finally {
        await beside.destroy();
      }
    },
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await office.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
