/**
 * Every station of a city as a program of its own: the production round and transport over memory storage, all of them in
 * this process, which is not the office's. Run with fork(); speaks by messages. Bytes are counted on a line of its own.
 */
import { createHash } from 'node:crypto';
import type { Bytes } from '#lib/catalogue/hash.ts';
import type { ReleasePatch } from '#lib/catalogue/rebuild.ts';
import { browserHttp } from '#lib/client/sync/http.ts';
import { round, type RoundPorts } from '#lib/client/sync/round.ts';
import { memoryStorage, type MemoryStorage } from '#lib/client/sync/storage-memory.ts';
import { systemClock } from '#lib/client/sync/system.ts';
import { httpTransport } from '#lib/client/sync/transport-http.ts';
import { countingLine, type CountingLine } from './counting-line.ts';
import { signAlways } from './device-fixture.ts';

export interface FanoutStation {
  device: string;
  cookie: string;
  /** `county/level/number` that it works with. */
  release: string;
}

/** `start` makes the stations; `ask`: each asks the office once; `adopt`: each takes what it was offered into use. */
export type Asked =
  | { is: 'start'; stations: FanoutStation[]; officePort: number; connections: number }
  | { is: 'ask' }
  | { is: 'adopt' };

export interface Told {
  /** Milliseconds from the first request to the last answer. */
  took: number;
  /** Bytes both ways, headers and all, of all stations. */
  bytes: number;
  /** What was offered, each patch once, with how many stations were offered it. */
  offers: { address: string; patch: Bytes | ReleasePatch; stations: number }[];
}

interface Station {
  ports: RoundPorts;
  storage: MemoryStorage;
  offer: Omit<Told['offers'][number], 'stations'> | null;
}

let stations: Station[] = [];
let line: CountingLine;
let connections = 1;

function stationOf({ device, cookie, release }: FanoutStation): Station {
  const storage = memoryStorage(device, signAlways);
  storage.setRelease(release);
  // a browser says what it takes; Node's fetch says it over HTTPS only
  const headers = { cookie, 'accept-encoding': 'gzip, deflate, br' };
  const http = browserHttp((path, init) =>
    fetch(`${line.url}${String(path)}`, { ...init, headers: { ...(init?.headers as object), ...headers } }),
  );
  const transport = httpTransport(http, async () => null, null);
  const station: Station = {
    storage,
    offer: null,
    ports: {
      storage,
      transport,
      clock: systemClock,
      token: 't',
      onPatch: (address, patch) => void (station.offer = { address, patch }),
    },
  };
  return station;
}

async function start({ stations: all, officePort, connections: most }: Extract<Asked, { is: 'start' }>) {
  line = await countingLine(officePort);
  connections = most;
  stations = all.map(stationOf);
  await Promise.all(stations.map(({ storage }) => storage.lead('t')));
}

async function askAll(): Promise<Told> {
  const options = { batchBytes: 65_536, asking: false, signal: new AbortController().signal };
  line.reset();
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < stations.length) {
        const station = stations[next++]!;
        station.offer = null;
        const result = await round(station.ports, options);
        if (result.is !== 'done') throw new Error(`a station's round ended with ${result.is}`);
      }
    }),
  );
  const took = performance.now() - began;
  return { took, bytes: line.up + line.down, offers: offersOf() };
}

function offersOf(): Told['offers'] {
  const offers = new Map<string, Told['offers'][number]>();
  for (const { offer } of stations) {
    if (!offer) continue;
    const { address, patch } = offer;
    const bytes = patch instanceof Uint8Array ? patch : JSON.stringify(patch);
    const key = `${address} ${createHash('sha256').update(bytes).digest('hex')}`;
    const known = offers.get(key) ?? { ...offer, stations: 0 };
    known.stations++;
    offers.set(key, known);
  }
  return [...offers.values()];
}

function adopt(): void {
  for (const { storage, offer } of stations) if (offer) storage.setRelease(offer.address);
}

async function answer(asked: Asked): Promise<Told | null> {
  if (asked.is === 'ask') return askAll();
  if (asked.is === 'start') await start(asked);
  else adopt();
  return null;
}

process.on('message', (asked: Asked) => {
  answer(asked).then(
    (told) => process.send!({ told }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.send!('ready');
