/**
 * Stations of a whole city in one process: the production round and transport over memory storage, through the doors of an
 * office, with HTTP or without. Each is in reach or not when it asks. What it is offered it rebuilds and verifies as a device does,
 * and works with from then on; stations with the same release that are given the same bytes share that work.
 */
import { sha256Hex, type Bytes } from '#lib/catalogue/hash.ts';
import { rebuildRelease, type ReleasePatch, type WholeRelease } from '#lib/catalogue/rebuild.ts';
import { openTight } from '#lib/catalogue/tight-patch.ts';
import { verifyManifest } from '#lib/catalogue/verify.ts';
import { browserHttp, type Http } from '#lib/client/sync/http.ts';
import type { Offered } from '#lib/client/sync/catalogue.ts';
import { round, type RoundPorts } from '#lib/client/sync/round.ts';
import { memoryStorage, type MemoryStorage } from '#lib/client/sync/storage-memory.ts';
import { systemClock } from '#lib/client/sync/system.ts';
import { httpTransport } from '#lib/client/sync/transport-http.ts';
import { pinnedKeys } from '#lib/server/catalogue/release-keys.ts';
import { wholeRelease } from '#lib/server/catalogue/ways.ts';
import type { Store } from '#lib/server/db/store.ts';
import { signAlways } from './device-fixture.ts';
import type { RushStation } from './rush-station.ts';
import type { Reach } from './wire-client.ts';

const AT_ONCE = 32;

export interface OfficeAddress {
  reach: Reach;
  /** http://127.0.0.1:3000; any name where `reach` is the office's own doors. */
  origin: string;
}

export class SimulatedStation {
  readonly site: RushStation['site'];
  /** Number that it works with; set by `take` alone. */
  number = 1;
  inReach = true;
  offer: Offered | null = null;
  readonly storage: MemoryStorage;
  readonly #ports: RoundPorts;

  constructor({ site, device, cookie }: RushStation, { reach, origin }: OfficeAddress) {
    this.site = site;
    this.storage = memoryStorage(device.id, signAlways);
    const office = browserHttp((path, init) =>
      reach(
        new Request(`${origin}${String(path)}`, {
          ...init,
          headers: { ...(init?.headers as object), cookie },
        }),
      ),
    );
    const http: Http = (request) => (this.inReach ? office(request) : Promise.resolve({ is: 'offline' }));
    this.#ports = {
      storage: this.storage,
      transport: httpTransport(http, async () => null, null),
      clock: systemClock,
      token: 't',
      onPatch: (address, patch) => void (this.offer = { address, patch }),
    };
    this.storage.setRelease(this.address);
  }

  get address(): string {
    return `${this.site.county}/${this.site.itemLevel}/${this.number}`;
  }

  async ask(): Promise<void> {
    const options = { batchBytes: 0, asking: false, signal: new AbortController().signal };
    await this.storage.lead('t');
    const result = await round(this.#ports, options);
    if (result.is !== (this.inReach ? 'done' : 'offline')) throw new Error(`a round ended with ${result.is}`);
  }

  take(number: number): void {
    this.number = number;
    this.storage.setRelease(this.address);
    this.offer = null;
  }
}

/** The releases that the stations work with, each kept once. */
export class SharedReleases {
  readonly #store: Store;
  readonly #whole = new Map<string, Promise<WholeRelease>>();
  readonly #rebuilt = new Map<string, Promise<WholeRelease>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Of a release that stations work with: what it holds, as a hash. */
  async contents(station: SimulatedStation, number = station.number): Promise<string> {
    const { parts } = await this.#known({ ...station.site, number });
    return `${await sha256Hex(parts.items)} ${await sha256Hex(parts.list)} ${await sha256Hex(parts.rules)}`;
  }

  /** Takes what the station was offered into use. @throws where it does not fit, is not signed, or leads back */
  async adopt(station: SimulatedStation): Promise<void> {
    const { offer } = station;
    if (!offer) return;
    const { address, patch } = offer;
    const number = Number(address.split('/')[2]);
    if (number <= station.number) throw new Error(`led back from ${station.address} to ${address}`);
    const bytes = patch instanceof Uint8Array ? patch : new TextEncoder().encode(JSON.stringify(patch));
    const key = `${station.address} ${address} ${await sha256Hex(bytes)}`;
    const made = this.#rebuilt.get(key) ?? this.#rebuild(station, number, patch);
    this.#rebuilt.set(key, made);
    const whole = await made;
    const same = this.#whole.get(address);
    if (same && JSON.stringify((await same).manifest) !== JSON.stringify(whole.manifest))
      throw new Error(`two ways lead to two releases of ${address}`);
    this.#whole.set(address, same ?? made);
    station.take(number);
  }

  #known({
    county,
    itemLevel: level,
    number,
  }: RushStation['site'] & { number: number }): Promise<WholeRelease> {
    const address = `${county}/${level}/${number}`;
    const known =
      this.#whole.get(address) ??
      this.#store.read(async (trx) => (await wholeRelease(trx, { county, level }, number))!);
    this.#whole.set(address, known);
    return known;
  }

  async #rebuild(
    { site, number: held }: SimulatedStation,
    number: number,
    patch: Bytes | ReleasePatch,
  ): Promise<WholeRelease> {
    const { county, itemLevel: level } = site;
    const older = await this.#known({ ...site, number: held });
    const opened = patch instanceof Uint8Array ? await openTight(older, patch) : patch;
    const { raw, ...whole } = await rebuildRelease(older, number, opened);
    const keys = await this.#store.read((trx) => pinnedKeys(trx, county));
    const verdict = await verifyManifest(raw, opened.signature, keys, { county, level, newest: held });
    if (!verdict.ok) throw new Error(`${county}/${level}/${number} was refused: ${verdict.reason}`);
    return whole;
  }
}

/** Each of the stations asks once and takes what it is offered. */
export async function askAll(stations: readonly SimulatedStation[], releases: SharedReleases): Promise<void> {
  let next = 0;
  const line = async (): Promise<void> => {
    while (next < stations.length) {
      const station = stations[next++]!;
      await station.ask();
      await releases.adopt(station);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
}
